"""Holds an object against its schema, for several Kubernetes releases in one walk.

The walk follows the object, not the schema. Where a schema differs between releases, the walk goes on for those it is
meant for, and what it finds carries them. Structural schemas of custom resources are judged as the API server does:
source: ``apiextensions-apiserver`` (``pkg/apiserver/schema``: pruning, defaulting of nulls, list types, validation).
"""

from collections.abc import Callable, Mapping
from typing import Any

from chartgen.kube.formats import wrong_format
from chartgen.kube.limits import broken_limit
from chartgen.kube.quantity import parse
from chartgen.kube.schemas import Node
from chartgen.kube.wording import WANTED, At, dotted, forbidden, inside, listed, none_fits, pointer, said, several_fit
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple

UNKNOWN, MISSING, INVALID, CHOICE = "unknown", "missing", "invalid", "choice"
NOT_TEXT, NOT_QUANTITY = "not-text", "not-a-quantity"


_DEEPEST = 8
"""Alternatives within alternatives that are still looked at: a schema may refer to itself."""


class Violation(NamedTuple):
    """One thing in which an object differs from its schema.

    ``kind`` is ``unknown`` (a field), ``missing`` (a field), ``not-text`` (a number or boolean where text is expected),
    ``not-a-quantity``, ``choice`` (none of those allowed) or ``invalid`` (any other value). ``versions`` are the
    releases it is true for, ``field`` the name of an unknown or missing field, ``known`` the fields there are where one
    is unknown; it is among them itself when other releases know it.
    """

    kind: str
    pointer: Pointer
    message: str
    versions: int
    field: str = ""
    known: tuple[str, ...] = ()


class Checked(NamedTuple):
    """A place whose schema has CEL rules: the node, the value it judges and where that is."""

    node: Node
    value: Any
    pointer: Pointer


class Walk:
    """One object held against one schema; ``found`` and ``rules`` fill while walking.

    ``custom`` says that it is a CustomResourceDefinition's schema, ``trusted`` that we carry it ourselves. Without
    ``closed``, fields that a schema does not name are allowed: so are the alternatives of a value read.
    """

    def __init__(
        self, nodes: Callable[[Any], Node], *, custom: bool = False, trusted: bool = True, closed: bool = True
    ) -> None:
        self.nodes = nodes
        self.custom = custom
        self.trusted = trusted
        self.closed = closed
        self.found: dict[tuple[str, At, str], Violation] = {}
        self.rules: list[Checked] = []
        self.depth = 0

    def resolve(self, node: Node) -> Node:
        """The node that a reference means."""
        while (line := node.get("$ref")) is not None:
            node = self.nodes(line)
        return node

    def check(self, node: Node, value: Any, versions: int, at: At = ()) -> None:
        """Find everything wrong with a value in some releases."""
        while (line := node.get("$ref")) is not None:
            node = self.nodes(line)
        variants = node.get("in")
        if variants is not None:
            for known, variant in variants:
                if known & versions:
                    self.check(variant, value, known & versions, at)
            return
        if value is None:
            if not node.get("nullable") and len(node) > 0 and "x-kubernetes-preserve-unknown-fields" not in node:
                self._wrong_type(node, value, versions, at)
            return
        kind = node.get("type")
        if kind == "object":
            if isinstance(value, dict):
                self._mapping(node, value, versions, at)
            else:
                self._wrong_type(node, value, versions, at)
        elif kind == "array":
            if isinstance(value, list):
                items = node.get("items")
                if items is not None:
                    for index, item in enumerate(value):
                        self.check(items, item, versions, (at, index))
            else:
                self._wrong_type(node, value, versions, at)
        elif kind is not None:
            if not _TYPES[kind](value):
                self._wrong_type(node, value, versions, at)
                return
        elif node.get("x-kubernetes-int-or-string"):
            if not _is_text(value) and not _is_whole(value):
                self._wrong_type(node, value, versions, at)
                return
        elif isinstance(value, dict):
            if "properties" in node or "required" in node:
                self._mapping(node, value, versions, at)
        elif "items" in node and isinstance(value, list):
            for index, item in enumerate(value):
                self.check(node["items"], item, versions, (at, index))
        if "format" in node or "enum" in node or self.custom:
            self._limits(node, value, versions, at)

    def _mapping(self, node: Node, value: Mapping[str, Any], versions: int, at: At) -> None:
        properties: Mapping[str, Node] | None = node.get("properties")
        extra = node.get("additionalProperties")
        if properties is None:
            if isinstance(extra, dict):
                plain = _is_plain_text(extra)
                for key, item in value.items():
                    if not (plain and item.__class__ is str) and (item is not None or not self.custom):
                        self.check(extra, item, versions, (at, key))
        else:
            embedded = not at or node.get("x-kubernetes-embedded-resource")
            for key, item in value.items():
                child = properties.get(key)
                if child is None:
                    if isinstance(extra, dict):
                        if item is not None or not self.custom:
                            self.check(extra, item, versions, (at, key))
                    elif not (embedded and self.custom and key in ("apiVersion", "kind", "metadata")):
                        self._unknown(node, key, versions, at)
                    continue
                if item.__class__ is str and _is_plain_text(child):
                    continue  # most of what there is
                if item is None and self.custom:
                    continue  # the API server drops it, or puts the default there
                variants = child.get("in")
                if variants is not None:
                    absent = versions
                    for known, _ in variants:
                        absent &= ~known
                    if absent:
                        self._unknown(node, key, absent, at)
                self.check(child, item, versions, (at, key))
        for key in node.get("required", ()):
            if key not in value or (value[key] is None and self.custom):
                self._missing(node, key, value, versions, at)
        for known, key in node.get("requiredIn", ()):
            if known & versions and key not in value:
                self._missing(node, key, value, known & versions, at)

    def _unknown(self, node: Node, key: str, versions: int, at: At) -> None:
        if self.closed and not node.get("x-kubernetes-preserve-unknown-fields"):
            known = tuple(name for name, child in node["properties"].items() if name == key or _is_in(child, versions))
            self._add(UNKNOWN, (at, key), f"unknown field {key!r}{inside(at)}", versions, key, known)

    def _missing(self, node: Node, key: str, value: Mapping[str, Any], versions: int, at: At) -> None:
        child = self.resolve(node.get("properties", {}).get(key, {}))
        if self.custom and ("default" in child or (child.get("nullable") and key in value)):
            return
        what = dotted(at) or "the object"
        self._add(MISSING, at, f"{what} has no {key}", versions, key)

    def _wrong_type(self, node: Node, value: Any, versions: int, at: At) -> None:
        kind = node.get("type", "")
        wanted = WANTED.get(kind, "a whole number or text" if node.get("x-kubernetes-int-or-string") else "a value")
        sort = NOT_TEXT if kind == "string" and isinstance(value, int | float) else INVALID
        self._add(sort, at, f"{dotted(at)} is {said(value)}, where {wanted} is expected", versions)

    def _limits(self, node: Node, value: Any, versions: int, at: At) -> None:
        name = node.get("format")
        if name == "quantity":
            if parse(value) is None:
                self._add(NOT_QUANTITY, at, f"{dotted(at)} is {said(value)}, which is not a quantity", versions)
            return
        if name is not None and (wrong := wrong_format(name, value)):
            self._add(INVALID, at, f"{dotted(at)} is {said(value)}, which {wrong}", versions)
        choices = node.get("enum")
        if choices is not None and value not in choices and at != ((), "apiVersion") and at != ((), "kind"):
            self._add(CHOICE, at, f"{dotted(at)} is {said(value)}, which is not {listed(choices)}", versions)
        if self.custom:
            for message in broken_limit(node, value, trusted=self.trusted):
                self._add(INVALID, at, f"{dotted(at) or 'the object'} {message}", versions)
            self._alternatives(node, value, versions, at)
            if node.get("x-kubernetes-validations"):
                self.rules.append(Checked(node, value, pointer(at)))

    def _alternatives(self, node: Node, value: Any, versions: int, at: At) -> None:
        """The junctors of a structural schema, which speak of values and never of new fields."""
        where = dotted(at) or "the object"
        for branch in node.get("allOf", ()):
            self.found.update(self._tried(branch, value, versions, at))
        for key in ("anyOf", "oneOf"):
            branches = node.get(key)
            if branches:
                tried = [self._tried(branch, value, versions, at) for branch in branches]
                fitting = sum(not found for found in tried)
                if not fitting:
                    self._add(INVALID, at, f"{where} {none_fits(branches, tried)}", versions)
                elif fitting > 1 and key == "oneOf":
                    self._add(INVALID, at, f"{where} {several_fit(branches, tried)}", versions)
        against = node.get("not")
        if against and not self._tried(against, value, versions, at):
            self._add(INVALID, at, f"{where} {forbidden(against)}", versions)

    def _tried(self, node: Node, value: Any, versions: int, at: At) -> dict[tuple[str, At, str], Violation]:
        walk = Walk(self.nodes, custom=self.custom, trusted=self.trusted, closed=False)
        walk.depth = self.depth + 1
        if walk.depth <= _DEEPEST:
            walk.check(node, value, versions, at)
        return walk.found

    def _add(
        self, kind: str, at: At, message: str, versions: int, field: str = "", known: tuple[str, ...] = ()
    ) -> None:
        key = (kind, at, message)
        before = self.found.get(key)
        if before is not None:
            versions |= before.versions
        self.found[key] = Violation(kind, pointer(at), message, versions, field, known)


def _is_plain_text(node: Node) -> bool:
    """Whether a schema asks for text and for nothing else."""
    return node.get("type") == "string" and (len(node) == 1 or (len(node) == 2 and "nullable" in node))


def _is_in(child: Node, versions: int) -> bool:
    """Whether all of some releases know a field."""
    for known, _ in child.get("in", ()):
        versions &= ~known
    return not versions or "in" not in child


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_whole(value: Any) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_boolean(value: Any) -> bool:
    return isinstance(value, bool)


_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "string": _is_text,
    "integer": _is_whole,
    "number": _is_number,
    "boolean": _is_boolean,
}
