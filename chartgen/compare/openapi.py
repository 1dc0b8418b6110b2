"""What one schema of a CustomResourceDefinition takes that another does not, field by field.

Descriptions, titles and formats decide nothing and are not compared. A field that is gone is pruned from what users
apply, unless unknown fields are kept there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from chartgen.kube.crds import cleaned
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple

REMOVED, RETYPED, REQUIRED, NARROWED, RULED = "removed", "retyped", "required", "narrowed", "ruled"
ADDED, LOOSENED = "added", "loosened"

BREAKING: Final = frozenset((REMOVED, RETYPED, REQUIRED, NARROWED, RULED))
"""Steps after which something that was taken is not taken any more. ``ruled`` is a rule whose reach is not known."""


class SchemaStep(NamedTuple):
    """One difference. ``field`` names the field as users write it (``spec.replicas``); ``pointer`` is the place in the
    schema, the deepest existing part on the side where it is not.
    """

    kind: str
    field: str
    pointer: Pointer
    told: str


def steps(old: Any, new: Any) -> Iterator[SchemaStep]:
    """All that differs between two schemas in what they take."""
    yield from _walk(cleaned(old), cleaned(new), "", Pointer())


def _walk(old: Mapping[str, Any], new: Mapping[str, Any], field: str, at: Pointer) -> Iterator[SchemaStep]:
    if old == new:
        return
    if _is_open(new):
        if not _is_open(old):
            yield SchemaStep(LOOSENED, field, at, "takes anything now")
        return
    kinds = _kind(old), _kind(new)
    if kinds[0] != kinds[1]:
        yield _retyped(*kinds, field, at)
        return
    yield from _properties(old, new, field, at)
    yield from _required(old, new, field, at)
    yield from _values(old, new, field, at)
    for key, mark in (("items", "[]"), ("additionalProperties", ".*")):
        if key in old and key in new:
            yield from _walk(old[key], new[key], field + mark, at / key)
        elif key in old and key == "additionalProperties":
            yield SchemaStep(NARROWED, field, at, "no longer takes keys of the user's own")


def _is_open(node: Mapping[str, Any]) -> bool:
    return node.get("x-kubernetes-preserve-unknown-fields") is True and not node.get("properties")


def _kind(node: Mapping[str, Any]) -> str:
    return "integer or string" if node.get("x-kubernetes-int-or-string") else str(node.get("type") or "")


_WIDER: Final = {
    ("integer", "number"),
    ("integer", "integer or string"),
    ("string", "integer or string"),
}


def _retyped(before: str, after: str, field: str, at: Pointer) -> SchemaStep:
    if not after or (before, after) in _WIDER:
        return SchemaStep(LOOSENED, field, at, f"is {after or 'of any type'} now")
    return SchemaStep(RETYPED, field, at / "type", f"is {after} now, it was {before or 'of any type'}")


def _properties(old: Mapping[str, Any], new: Mapping[str, Any], field: str, at: Pointer) -> Iterator[SchemaStep]:
    before, after = old.get("properties", {}), new.get("properties", {})
    keeps = new.get("x-kubernetes-preserve-unknown-fields") is True
    for name, node in before.items():
        inner = f"{field}.{name}".removeprefix(".")
        place = at / "properties" / name
        if name in after:
            yield from _walk(node, after[name], inner, place)
        elif not keeps and "additionalProperties" not in new:
            yield SchemaStep(REMOVED, inner, place, "is gone")
    for name in after:
        if name not in before:
            yield SchemaStep(ADDED, f"{field}.{name}".removeprefix("."), at / "properties" / name, "is new")


def _required(old: Mapping[str, Any], new: Mapping[str, Any], field: str, at: Pointer) -> Iterator[SchemaStep]:
    before, after = (set(node.get("required", ())) for node in (old, new))
    defaults = {name for name, node in new.get("properties", {}).items() if "default" in node}
    for name in sorted(after - before - defaults):
        yield SchemaStep(REQUIRED, f"{field}.{name}".removeprefix("."), at / "required", "is required now")
    if before - after:
        yield SchemaStep(LOOSENED, field, at, f"no longer requires {', '.join(sorted(before - after))}")


_LEAST: Final = ("minimum", "minLength", "minItems", "minProperties")
_MOST: Final = ("maximum", "maxLength", "maxItems", "maxProperties")


def _values(old: Mapping[str, Any], new: Mapping[str, Any], field: str, at: Pointer) -> Iterator[SchemaStep]:
    if old.get("enum") != new.get("enum"):
        gone = [value for value in old.get("enum", ()) if value not in new.get("enum", (value,))]
        is_new = "enum" not in old
        if gone or is_new:
            told = "takes only some values now" if is_new else f"no longer takes {', '.join(map(str, gone))}"
            yield SchemaStep(NARROWED, field, at / "enum", told)
        else:
            yield SchemaStep(LOOSENED, field, at, "takes more values")
    for keys, sign in ((_LEAST, 1), (_MOST, -1)):
        for key in keys:
            before, after = old.get(key), new.get(key)
            if before != after:
                tighter = after is not None and (before is None or (after - before) * sign > 0)
                told = f"{key} is {after} now" if after is not None else f"has no {key} any more"
                yield SchemaStep(NARROWED if tighter else LOOSENED, field, at / key, told)
    for key in ("pattern", "multipleOf", "nullable"):
        before, after = old.get(key), new.get(key)
        if before != after:
            tighter = after is None if key == "nullable" else after is not None
            told = f"has another {key}" if key != "nullable" else "takes null" if after else "no longer takes null"
            yield SchemaStep(NARROWED if tighter else LOOSENED, field, at / key, told)
    yield from _rules(old, new, field, at)


def _rules(old: Mapping[str, Any], new: Mapping[str, Any], field: str, at: Pointer) -> Iterator[SchemaStep]:
    key = "x-kubernetes-validations"
    known = {rule.get("rule") for rule in old.get(key, ())}
    for rule in new.get(key, ()):
        if rule.get("rule") not in known:
            yield SchemaStep(RULED, field, at / key, f"has a new rule: {rule.get('message') or rule.get('rule')}")
    for key in ("allOf", "anyOf", "oneOf", "not"):
        if old.get(key) != new.get(key):
            told = f"has another {key}" if key in new else f"has no {key} any more"
            yield SchemaStep(RULED if key in new else LOOSENED, field, at / key, told)
