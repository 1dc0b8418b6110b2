"""A user's own policies: the files of ``--policy``, read and made ready.

A file holds any number of YAML documents: ValidatingAdmissionPolicies, their bindings, the parameters and Namespaces
these speak of, CustomResourceDefinitions, and SchemaRules. What else a file holds may be a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chartgen.errors import BadSettings, CannotDo, Problem
from chartgen.kube.access import get, items, text
from chartgen.location import Location, Pointer
from chartgen.nearest import nearest
from chartgen.policy.admission.compile import compile_policy
from chartgen.policy.admission.model import AdmissionPolicy, Binding
from chartgen.policy.admission.read import BINDING, GROUP, POLICY, Reader, read_binding, read_policy
from chartgen.policy.admission.rule import admission_rule
from chartgen.policy.admission.world import World
from chartgen.policy.schemarules import API_VERSION, KIND, schema_rule
from chartgen.rules import catalogue
from chartgen.rules.base import Fault, ScenarioContext, ScenarioRule
from chartgen.yamlread import given_twice, read_all
from chartgen.yamlscalar import YamlError

_FOREIGN = ("kyverno.io", "gatekeeper.sh", "kubewarden.io")
"""The API groups of other policy engines, or their ends."""


class CustomPolicies:
    """The rules that a user's files hold, in the order of the files. Made by ``load_custom``.

    ``passed_over`` says which documents are policies that say nothing: of another kind, or about no creation.
    """

    def __init__(self, documents: tuple[Mapping[str, Any], ...], digest: str = "") -> None:
        self.rules: tuple[ScenarioRule, ...] = ()
        self.passed_over: tuple[str, ...] = ()
        self._documents = documents
        self._digest = digest
        self._world: tuple[ScenarioContext, World] | None = None

    def __repr__(self) -> str:
        """Tells policies with other texts apart, by which what they found is remembered."""
        return f"CustomPolicies({self._digest})"

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rules: the names of the policies."""
        return tuple(rule.id for rule in self.rules)

    def rule(self, rule_id: str) -> ScenarioRule:
        """One rule by id. Raises KeyError."""
        return {rule.id: rule for rule in self.rules}[rule_id]

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """What all the rules find in a scenario."""
        for rule in self.rules:
            yield from rule.check(ctx)

    def world(self, ctx: ScenarioContext) -> World:
        """What surrounds the objects of a scenario; worked out once for all policies."""
        if self._world is None or self._world[0] is not ctx:
            self._world = (ctx, World(ctx, self._documents))
        return self._world[1]


def load_custom(files: Iterable[tuple[str, str]]) -> CustomPolicies:
    """Read policies from files, each a name and a text, and compile them.

    Raises BadSettings with everything that is wrong in them, CannotDo when there is no policy at all or no CEL library.
    """
    files = tuple(files)
    loader = _Loader()
    for file, content in files:
        loader.read(file, content)
    custom = loader.custom(_digest(files))
    if loader.problems:
        problems = sorted(loader.problems, key=lambda problem: problem.location.sort_key)
        raise BadSettings(tuple(problems), dict(files))
    if not custom.rules:
        names = ", ".join(file for file, _ in files) or "no files"
        raise CannotDo(f"there is no policy in {names}", hint=f"a policy is a {POLICY} or a {KIND}")
    return custom


class _Loader:
    """Sorts the documents of all files by what they are."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._policies: list[AdmissionPolicy] = []
        self._bindings: list[Binding] = []
        self._schema_rules: list[ScenarioRule] = []
        self._documents: list[Mapping[str, Any]] = []
        self._order: dict[str, Location] = {}
        self._passed_over: list[str] = []

    def read(self, file: str, content: str) -> None:
        """Read one file."""
        try:
            documents = read_all(content)
        except YamlError as error:
            self.problems.append(Problem(str(error), Location(file, error.line, error.column)))
            return
        for document in documents:
            self.problems += given_twice(document, file)
            is_list = get(document.data, "kind") == "List"
            places = [("items", index) for index, _ in enumerate(items(document.data, "items"))] if is_list else [()]
            for place in places:
                self._object(Reader(document, file, Pointer(place)))

    def _object(self, reader: Reader) -> None:
        body = reader.body
        kind, api_version = text(body, "kind"), text(body, "apiVersion")
        if not kind or not api_version:
            reader.problem("the document is no object: apiVersion or kind is missing")
        elif kind == POLICY and api_version.startswith(GROUP):
            policy = read_policy(reader)
            if not any(one in rule.operations for rule in policy.match.rules for one in ("*", "CREATE")):
                said = f"policy {policy.name!r} is not about what is created, so it says nothing here"
                self._passed_over.append(f"{reader.place()}: {said}")
            self._register(policy.name, policy.location)
            self._policies.append(policy)
        elif kind == BINDING and api_version.startswith(GROUP):
            self._bindings.append(read_binding(reader))
        elif kind == KIND and api_version == API_VERSION:
            rule = schema_rule(reader)
            if rule is not None:
                self._register(rule.id, reader.document.locate(Pointer(("metadata", "name")), file=reader.file))
                self._schema_rules.append(rule)
        elif kind == KIND:
            reader.problem(f"apiVersion: {api_version!r} is not known", "apiVersion", hint=f"it is {API_VERSION}")
        elif api_version.startswith(GROUP) or api_version.partition("/")[0].endswith(_FOREIGN):
            self._passed_over.append(f"{reader.place()}: a {kind} is not evaluated, only {POLICY} and {KIND} are")
        else:
            self._documents.append(body)
        self.problems += reader.problems

    def _register(self, name: str, location: Location) -> None:
        """Remember a rule's id, which is nobody else's."""
        if name in self._order:
            first = self._order[name]
            said = f"{name!r} is the name of another policy, too ({first.file}:{first.line})"
            self.problems.append(Problem(said, location, hint="findings bear the name; give it to one policy only"))
        elif name in catalogue.ids():
            said = f"{name!r} is the name of one of chartgen's own rules"
            self.problems.append(Problem(said, location, hint="give the policy another name"))
        self._order.setdefault(name, location)

    def custom(self, digest: str) -> CustomPolicies:
        """The rules, compiled."""
        custom = CustomPolicies(tuple(self._documents), digest)
        names = [policy.name for policy in self._policies]
        for binding in self._bindings:
            if binding.policy and binding.policy not in names:
                hint = nearest(binding.policy, names)
                self.problems.append(
                    Problem(
                        f"binding {binding.name!r} is for policy {binding.policy!r}, which is in none of the files",
                        binding.location,
                        hint=f"did you mean {hint!r}?" if hint else "give the policy's file, too",
                    )
                )
        rules: list[ScenarioRule] = []
        for policy in self._policies:
            compiled, problems = compile_policy(policy)
            self.problems += problems
            bindings = tuple(binding for binding in self._bindings if binding.policy == policy.name)
            rules.append(admission_rule(compiled, bindings, custom.world, tuple(self._documents)))
        order = list(self._order)
        custom.passed_over = tuple(self._passed_over)
        custom.rules = tuple(sorted((*rules, *self._schema_rules), key=lambda rule: order.index(rule.id)))
        return custom


def _digest(files: Iterable[tuple[str, str]]) -> str:
    from _blake2 import blake2b  # hashlib takes 7 ms to load OpenSSL

    return blake2b(repr(tuple(files)).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()
