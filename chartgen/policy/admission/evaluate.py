"""What a policy says of one request: the API server's decision, expression by expression.

Source: ``pkg/admission/plugin/policy/validating/validator.go`` and ``webhook/matchconditions`` of k8s.io/apiserver.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.kube.access import items
from chartgen.kube.cel.door import CelError, NotKnown, Program, Unreadable
from chartgen.kube.cel.focus import ITEMS
from chartgen.location import Pointer
from chartgen.policy.admission.compile import Compiled
from chartgen.policy.admission.places import exact_place, paths_of, place_in, place_of
from chartgen.tuples import NamedTuple

AUTHORIZER = "it asks the cluster's authorizer, which cannot be asked here"
_LONGEST_MESSAGE = 5 * 1024
_READ_VARIABLE = re.compile(r"Non-CEL value type for 'variables\.(\w+)'")


class Decision(NamedTuple):
    """One reason to refuse an object, the program that gave it (None when none ran), and the place it is about.

    ``unknown`` means that the cluster alone can tell.
    """

    message: str
    program: Program | None = None
    unknown: bool = False
    pointer: Pointer = Pointer()


class Evaluation:
    """Evaluates one policy for one request; each variable is evaluated when first needed, and once."""

    def __init__(self, compiled: Compiled, offered: Mapping[str, Any]) -> None:
        self._compiled = compiled
        self._offered = offered
        self._variables: dict[str, Any] = {}
        self._failed: dict[str, str] = {}
        self._texts = {name: expression.text for name, expression in compiled.policy.variables}

    def decisions(self) -> Iterator[Decision]:
        """Why the object is refused; nothing when it is not."""
        compiled, policy = self._compiled, self._compiled.policy
        conditions = self._conditions()
        if conditions is not None:
            if conditions.message:
                yield conditions
            return
        for validation, program, says in zip(policy.validations, compiled.validations, compiled.messages, strict=True):
            if program is None:
                continue
            if self._asks(program):
                yield Decision(AUTHORIZER, program, unknown=True)
                continue
            try:
                holds = self._value(program) is True
            except NotKnown as why:
                yield Decision(str(why), program, unknown=True)
                continue
            except CelError as error:
                if policy.fails:
                    yield self._refused(_ended(program, error), program)
                continue
            if not holds:
                yield self._refused(self._message(says, validation.message, program), program)
        yield from self._annotations()

    def _conditions(self) -> Decision | None:
        """None when the policy's conditions are met; otherwise what follows, with an empty message for nothing."""
        errors = []
        unknown = ""
        for _, program in self._compiled.conditions:
            if self._asks(program):
                unknown = AUTHORIZER
                continue
            try:
                if self._value(program, namespaceObject=None) is not True:
                    return Decision("")
            except NotKnown as why:
                unknown = str(why)
            except CelError as error:
                errors.append((program, error))
        if unknown:
            return Decision(unknown, unknown=True)
        if errors:
            program, first = errors[0]
            return self._refused(_ended(program, first) if self._compiled.policy.fails else "", program)
        return None

    def _annotations(self) -> Iterator[Decision]:
        """An audit annotation is no matter of the object, but an error in one refuses it."""
        for _, program in self._compiled.annotations:
            if self._asks(program) or not self._compiled.policy.fails:
                continue
            try:
                self._value(program)
            except NotKnown as why:
                yield Decision(str(why), program, unknown=True)
            except CelError as error:
                yield self._refused(_ended(program, error), program)

    def _refused(self, message: str, program: Program) -> Decision:
        pointer = self._item(program) if message else None
        body = self._offered["object"]
        return Decision(message, program, pointer=pointer or place_of(program.expression, self._texts, body))

    def _item(self, program: Program) -> Pointer | None:
        """The item of a list for which an expression fails first, and in it the field that is asked for."""
        for focused, about in self._compiled.focused(program):
            found = self._items(about.items)
            if found and self._holds(focused, []):
                for pointer, item in found:
                    if not self._holds(focused, [item]):
                        return pointer + place_in(about.body, about.variable)
        return None

    def _holds(self, focused: Program, values: list[Any]) -> bool:
        try:
            return self._value(focused, **{ITEMS: values}) is True
        except CelError:
            return False

    def _items(self, text: str) -> list[tuple[Pointer, Any]]:
        """The items of a list with their places in the object; none when it is not made of the object's lists."""
        body = self._offered["object"]
        place = exact_place(text, self._texts)
        if place is not None:
            return [(place / index, item) for index, item in enumerate(items(body, *place.parts))]
        values: dict[str, Any] = {}
        name = text.strip().removeprefix("variables.")
        self._add(name, values)
        rest: Any = values.get(f"variables.{name}")
        found: list[tuple[Pointer, Any]] = []
        for path in dict.fromkeys(paths_of(self._texts.get(name, ""), self._texts)) if isinstance(rest, list) else ():
            part = items(body, *path)
            if part and rest[: len(part)] == part:
                found += [(Pointer(path) / index, item) for index, item in enumerate(part)]
                rest = rest[len(part) :]
        return [] if rest else found

    def _message(self, says: Program | None, message: str, program: Program) -> str:
        """The message of a validation: its expression's, or else its own, or else the expression that failed."""
        if says is not None:
            try:
                said = str(self._value(says)).strip()
            except CelError:
                said = ""
            if said and "\n" not in said and len(said.encode()) <= _LONGEST_MESSAGE:
                return said
        return message or f"failed expression: {program.expression.strip()}"

    def _asks(self, program: Program) -> bool:
        return "authorizer" in self._compiled.names(program)

    def _value(self, program: Program, **changed: Any) -> Any:
        # The library reads all that it is given, which takes longer than evaluating.
        names = self._compiled.names(program)
        values = {name: value for name, value in {**self._offered, **changed}.items() if name in names}
        for name in program.used.variables:
            self._add(name, values)
        try:
            return program.evaluate(values)
        except CelError as error:
            read = _READ_VARIABLE.search(str(error))
            if read and read[1] in self._failed:
                why = self._failed[read[1]]
                raise CelError(f"composited variable {read[1]!r} fails to evaluate: {why}") from None
            raise

    def _add(self, name: str, values: dict[str, Any]) -> None:
        """Give a program the value of a variable, or one that is an error as soon as it is read."""
        program = self._compiled.variables.get(name)
        if program is None:
            return
        if name not in self._variables:
            try:
                self._variables[name] = self._value(program)
            except NotKnown:
                raise
            except CelError as error:
                self._variables[name] = Unreadable()
                self._failed[name] = str(error)
        values[f"variables.{name}"] = self._variables[name]


def _ended(program: Program, error: CelError) -> str:
    return f"expression '{program.expression.strip()}' resulted in error: {error}"
