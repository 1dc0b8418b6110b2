"""The limits a CustomResourceDefinition sets to values: lengths, ranges, patterns, and lists that are sets or maps."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.kube.formats import matches


def broken_limit(node: Mapping[str, Any], value: Any, *, trusted: bool) -> Iterator[str]:
    """Each limit that a value breaks, as ``is 0, less than 1``; to be said behind the value's place."""
    if isinstance(value, str):
        yield from _text(node, value, trusted=trusted)
    elif isinstance(value, bool):
        return
    elif isinstance(value, int | float):
        yield from _number(node, value)
    elif isinstance(value, list):
        yield from _size(node, len(value), "Items", "entries")
        yield from _repeated(node, value)
    elif isinstance(value, dict):
        yield from _size(node, len(value), "Properties", "fields")


def _text(node: Mapping[str, Any], value: str, *, trusted: bool) -> Iterator[str]:
    shown = repr(value if len(value) <= 60 else value[:57] + "...")
    shortest, longest = node.get("minLength"), node.get("maxLength")
    if shortest is not None and len(value) < shortest:
        yield f"is {shown}, shorter than {shortest} character{'s' if shortest != 1 else ''}"
    if longest is not None and len(value) > longest:
        yield f"is {shown}, longer than {longest} characters"
        return
    pattern = node.get("pattern")
    if pattern is not None and not matches(pattern, value, trusted=trusted):
        yield f"is {shown}, which does not match {pattern if len(pattern) <= 80 else pattern[:77] + '...'}"


def _number(node: Mapping[str, Any], value: float) -> Iterator[str]:
    least, most, step = node.get("minimum"), node.get("maximum"), node.get("multipleOf")
    if least is not None and (value < least or (value == least and node.get("exclusiveMinimum") is True)):
        yield f"is {value}, {'not more' if value == least else 'less'} than {least}"
    if most is not None and (value > most or (value == most and node.get("exclusiveMaximum") is True)):
        yield f"is {value}, {'not less' if value == most else 'more'} than {most}"
    if step and value % step:
        yield f"is {value}, which is no multiple of {step}"


def _size(node: Mapping[str, Any], size: int, of: str, noun: str) -> Iterator[str]:
    least, most = node.get(f"min{of}"), node.get(f"max{of}")
    if least is not None and size < least:
        yield f"has {size or 'no'} {noun}, fewer than {least}" if size else f"has no {noun}"
    if most is not None and size > most:
        yield f"has {size} {noun}, more than {most}"


def _repeated(node: Mapping[str, Any], value: list[Any]) -> Iterator[str]:
    """What a list that is a set, or a map by some keys, holds twice: the API server refuses that."""
    kind = node.get("x-kubernetes-list-type")
    if kind not in ("set", "map"):
        return
    keys = node.get("x-kubernetes-list-map-keys", ())
    seen = set()
    for item in value:
        if kind == "map":
            if not isinstance(item, dict) or not all(key in item for key in keys):
                continue  # the key may have a default
            identity = json.dumps([item[key] for key in keys], sort_keys=True)
            what = ", ".join(f"{key} {item[key]!r}" for key in keys)
        else:
            identity = json.dumps(item, sort_keys=True)
            what = identity
        if identity in seen:
            yield f"has two entries with {what}" if kind == "map" else f"holds {what} twice"
        seen.add(identity)
