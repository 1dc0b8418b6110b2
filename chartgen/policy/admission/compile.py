"""A policy's expressions, compiled once for a run."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any

from chartgen.errors import Problem
from chartgen.kube.cel.door import OPTIONAL, CelError, Environment, Program
from chartgen.kube.cel.focus import ITEMS, Focus, focuses
from chartgen.kube.cel.rewrite import Rewritten, rewrite
from chartgen.location import Location
from chartgen.policy.admission.model import AdmissionPolicy, Expression
from chartgen.tuples import NamedTuple

_OFFERED = ("object", "oldObject", "request", "namespaceObject")
_AUTHORIZER = {"authorizer": "Authorizer", "authorizer.requestResource": "ResourceCheck"}
_LONGEST = 100_000
"""Characters an expression may have once its optional variables are put in, as the cluster limits what it costs."""


class Compiled(NamedTuple):
    """A policy with its programs. ``None`` stands for what does not compile.

    ``messages`` has an entry for each validation. ``variables`` are in their order; those whose value is an optional
    are not among them, since they are part of the expressions that use them. ``reach`` is, for each variable, the
    names all its parts use. ``focused`` gives programs that tell for which item of a list another fails.
    """

    policy: AdmissionPolicy
    conditions: tuple[tuple[str, Program], ...]
    validations: tuple[Program | None, ...]
    messages: tuple[Program | None, ...]
    annotations: tuple[tuple[str, Program], ...]
    variables: dict[str, Program]
    reach: dict[str, frozenset[str]]
    focused: Callable[[Program], tuple[tuple[Program, Focus], ...]]

    def names(self, program: Program) -> frozenset[str]:
        """Every name a program uses, also through variables."""
        return program.used.names.union(*(self.reach.get(name, frozenset()) for name in program.used.variables))


def compile_policy(policy: AdmissionPolicy) -> tuple[Compiled, list[Problem]]:
    """Compile a policy, with a problem for each expression that a cluster would refuse. Raises CannotDo."""
    compiler = _Compiler(policy)
    return compiler.compiled(), compiler.problems


class _Compiler:
    """Compiles one policy: variables first, each knowing those before it."""

    def __init__(self, policy: AdmissionPolicy) -> None:
        self.policy = policy
        self.problems: list[Problem] = []
        self.types: dict[str, Any] = dict.fromkeys((*_OFFERED, *(("params",) if policy.param_kind else ())), "dyn")
        self.inlined: dict[str, Rewritten] = {}
        self.variables: dict[str, Program] = {}
        self.reach: dict[str, frozenset[str]] = {}
        self.in_messages = _mentioned(policy)
        self._focused: dict[str, tuple[tuple[Program, Focus], ...]] = {}
        self._known = frozenset(self.types)
        self._environment = _shared(self._known)

    def compiled(self) -> Compiled:
        for name, expression in self.policy.variables:
            self._variable(name, expression)
        validations = tuple(self._program(one.expression, ("BOOL",)) for one in self.policy.validations)
        return Compiled(
            self.policy,
            self._named(self.policy.conditions, ("BOOL",)),
            validations,
            tuple(
                self._program(one.message_expression, ("STRING",), authorizer=False, ordered=True)
                if one.message_expression
                else None
                for one in self.policy.validations
            ),
            self._named(self.policy.annotations, ("STRING", "NULL")),
            self.variables,
            self.reach,
            self.focused,
        )

    def focused(self, program: Program) -> tuple[tuple[Program, Focus], ...]:
        """A program for each list that another goes through; made when the other first fails, and kept."""
        if program.expression not in self._focused:
            self._focused[program.expression] = tuple(self._about_items(program.expression))
        return self._focused[program.expression]

    def _about_items(self, expression: str) -> Iterator[tuple[Program, Focus]]:
        found = tuple(focuses(expression))
        environment = Environment(self.types | _AUTHORIZER | {ITEMS: "dyn"}) if found else None
        for one in found:
            with suppress(CelError):
                assert environment is not None
                yield environment.compile(one.expression, self.inlined), one

    def _named(self, expressions: Iterable[Any], types: tuple[str, ...]) -> tuple[tuple[str, Program], ...]:
        programs = ((name, self._program(expression, types)) for name, expression in expressions)
        return tuple((name, program) for name, program in programs if program is not None)

    def _variable(self, name: str, expression: Expression) -> None:
        program = self._program(expression, ordered=name in self.in_messages)
        if program is None:
            self.types[f"variables.{name}"] = "dyn"  # one problem is enough; its users are judged for themselves
        else:
            used = program.used.names.union(*(self.reach.get(other, frozenset()) for other in program.used.variables))
            self.reach[name] = used
            if program.gives.startswith(OPTIONAL):
                self._inline(name, program, expression.location)
            else:
                self.variables[name] = program
                self.types[f"variables.{name}"] = program.type

    def _inline(self, name: str, program: Program, location: Location) -> None:
        """Remember an optional as text: values of that kind cannot leave an expression."""
        self.types[f"variables.{name}"] = program.type
        if len(program.used.text) > _LONGEST:
            self.problems.append(Problem(f"variables.{name} is too long with the variables it uses", location))
        else:
            self.inlined[name] = program.used

    def _program(
        self,
        expression: Expression,
        types: tuple[str, ...] = (),
        *,
        authorizer: bool = True,
        ordered: bool = False,
    ) -> Program | None:
        try:
            program = self._knowing(expression).compile(expression.text, self.inlined, ordered=ordered)
            if not authorizer and "authorizer" in program.used.names:
                raise CelError("undeclared reference to 'authorizer', which messages cannot use")
        except CelError as error:
            self.problems.append(Problem(f"the expression does not compile: {error}", expression.location))
            return None
        if types and program.gives not in types:
            wanted = " or ".join(kind.lower() for kind in types)
            said = f"the expression must evaluate to {wanted} but gives {program.gives.lower()}"
            self.problems.append(Problem(said, expression.location, hint="the API server refuses such a policy"))
            return None
        return program

    def _knowing(self, expression: Expression) -> Environment:
        """An environment that knows the variables an expression uses; making one takes longer than compiling."""
        used = {f"variables.{name}" for name in rewrite(expression.text).variables}
        if not used & self.types.keys() <= self._known:
            self._known = frozenset(self.types)
            self._environment = Environment(self.types | _AUTHORIZER)
        return self._environment


@cache
def _shared(names: frozenset[str]) -> Environment:
    """The environment without variables of a policy's own, shared by all policies."""
    return Environment(dict.fromkeys(names, "dyn") | _AUTHORIZER)


def _mentioned(policy: AdmissionPolicy) -> frozenset[str]:
    """The variables whose values messages are made of, also through other variables."""
    texts = {name: expression.text for name, expression in policy.variables}
    waiting = [one.message_expression.text for one in policy.validations if one.message_expression]
    found: set[str] = set()
    while waiting:
        for name in rewrite(waiting.pop()).variables:
            if name in texts and name not in found:
                found.add(name)
                waiting.append(texts[name])
    return frozenset(found)
