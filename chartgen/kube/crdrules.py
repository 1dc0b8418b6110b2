"""CEL rules in the schemas of custom resources (``x-kubernetes-validations``), evaluated as the API server does.

Before it evaluates them, the API server drops nulls, fills in defaults and gives fields whose names are no CEL
identifiers others. Rules that compare with the object as it was before say nothing about one that is created.

Source: kubernetes.io, "Extend the Kubernetes API with CustomResourceDefinitions", "Validation rules"; the escapes are
those of ``apiserver/pkg/cel/escaping.go``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from chartgen.errors import CannotDo
from chartgen.kube.schemas import Node
from chartgen.kube.walk import Checked
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple

_RESERVED = frozenset(
    (
        *("true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if"),
        *("import", "let", "loop", "package", "namespace", "return", "var", "void", "while"),
    )
)
_OLD = r"\boldSelf\b"
_STEP = r"\.([A-Za-z_]\w*)|\[['\"]([^'\"]+)['\"]\]"


class Broken(NamedTuple):
    """A rule that does not hold: its words, and the place they are about."""

    pointer: Pointer
    message: str


def broken_rules(checked: Checked, resolve: Callable[[Node], Node]) -> Iterator[Broken]:
    """The rules of a place that do not hold there.

    A rule that does not compile or ends in an error says nothing, neither does any where CEL is not installed.
    """
    from chartgen.kube.cel.door import CelError

    value = None
    for rule in checked.node["x-kubernetes-validations"]:
        if re.search(_OLD, rule["rule"]):
            continue
        value = settled(checked.node, checked.value, resolve) if value is None else value
        try:
            holds = _program(rule["rule"]).evaluate({"self": value})
        except (CelError, CannotDo):
            continue
        if holds is False:
            yield Broken(_place(checked.pointer, rule.get("fieldPath", "")), _said(rule, value))


@cache
def _program(expression: str) -> Any:
    from chartgen.kube.cel.door import CelError

    try:
        return _environment().compile(expression)
    except CelError as error:
        return _Failing(error)


class _Failing:
    """A rule that does not compile."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def evaluate(self, _: Mapping[str, Any]) -> Any:
        """Say so."""
        raise self._error


@cache
def _environment() -> Any:
    from chartgen.kube.cel.door import Environment

    return Environment({"self": "dyn"})


def _said(rule: Mapping[str, Any], value: Any) -> str:
    from chartgen.kube.cel.door import CelError

    if isinstance(rule.get("messageExpression"), str):
        try:
            text = _program(rule["messageExpression"]).evaluate({"self": value})
        except (CelError, CannotDo):
            text = ""
        if isinstance(text, str) and text.strip() and "\n" not in text:
            return text
    message = rule.get("message")
    return " ".join(message.split()) if isinstance(message, str) and message else f"failed rule: {rule['rule']}"


def _place(at: Pointer, path: Any) -> Pointer:
    for name, quoted in re.findall(_STEP, path) if isinstance(path, str) else ():
        at = at / (name or quoted)
    return at


def settled(node: Node, value: Any, resolve: Callable[[Node], Node]) -> Any:
    """A value as CEL sees it: without nulls, with defaults, its fields named so that CEL can name them."""
    node = resolve(node)
    if isinstance(value, dict):
        properties: Mapping[str, Node] = node.get("properties", {})
        extra = node.get("additionalProperties")
        found = {}
        for key, item in value.items():
            child = properties.get(key)
            if child is not None:
                if item is not None or resolve(child).get("nullable"):
                    found[_escaped(key)] = settled(child, item, resolve)
            else:
                found[key] = settled(extra, item, resolve) if isinstance(extra, dict) else item
        for key, child in properties.items():
            known = resolve(child)
            if "default" in known and _escaped(key) not in found:
                found[_escaped(key)] = settled(known, known["default"], resolve)
        return found
    if isinstance(value, list):
        items = node.get("items")
        return [settled(items, item, resolve) if items is not None else item for item in value]
    if isinstance(value, float) and value.is_integer() and node.get("type") == "integer":
        return int(value)
    return value


def _escaped(name: str) -> str:
    if name in _RESERVED:
        return f"__{name}__"
    if re.fullmatch(r"[A-Za-z_]\w*", name) and "__" not in name:
        return name
    text = name.replace("__", "__underscores__").replace(".", "__dot__")
    return text.replace("-", "__dash__").replace("/", "__slash__")
