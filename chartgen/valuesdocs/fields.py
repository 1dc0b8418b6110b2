"""Which field of a Kubernetes object a template prints a value into, read off the indentation of its text.

``resources: {{- toYaml .Values.resources | nindent 12 }}`` below ``containers:`` of a Deployment is a container's
``resources``. What cannot be read off for certain is not guessed: a field whose object's kind is written by a template,
text around the value, a field that no schema knows.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from chartgen.kube.schemas import Schema, carried
from chartgen.templates.reads import Shown

ITEM = "[]"
"""A part of a path that is any item of a list."""

_KEY = re.compile(r"(?P<blanks> *)(?P<dashes>(?:- +)*)(?P<key>[A-Za-z0-9_.$/-]+):(?= |$)(?P<rest>.*)$")
_ACTION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_ALONE = re.compile(r"\s*(#.*)?$")


def field(shown: Shown) -> dict[str, Any] | None:
    """The schema of the field that a value is printed into: its ``type`` and what else Kubernetes asks of it."""
    template = shown.mention.template
    lines = _lines(template.text)
    line, column = _position(template.text, shown.mention.start)
    if shown.indent is None:
        key = _KEY.match(lines[line][:column].rstrip() if column else "")
        text = template.text
        end = text.find("\n", shown.mention.end)
        behind = text[shown.mention.end : len(text) if end < 0 else end]
        if key is None or key["rest"].strip() or not _ALONE.match(behind):
            return None
        path = _path(lines, line, len(key["blanks"]) + len(key["dashes"]), key["key"], key)
    else:
        if lines[line][:column].strip() and not lines[line][:column].rstrip().endswith(":"):
            return None
        path = _path(lines, line + bool(lines[line][:column].strip()), shown.indent, None, None)
    if path is None:
        return None
    head = _head(lines, line)
    return None if head is None else _schema(*head, tuple(path))


@lru_cache(maxsize=64)
def _lines(text: str) -> tuple[str, ...]:
    """The lines of a template without their actions, but for where these stand."""
    return tuple(text.split("\n"))


def _position(text: str, at: int) -> tuple[int, int]:
    line = text.count("\n", 0, at)
    return line, at - (text.rfind("\n", 0, at) + 1)


def _is_text(line: str) -> bool:
    """Whether a line is more than actions, blanks and a comment."""
    bare = _ACTION.sub("", line).strip()
    return bool(bare) and not bare.startswith("#") and "{{" not in bare and "}}" not in bare


def _path(lines: Sequence[str], line: int, column: int, key: str | None, own: re.Match[str] | None) -> list[str] | None:
    """The keys from the top of the document to a place; None where the text does not say."""
    parts = [key] if key is not None else []
    item = len(own["blanks"]) if own is not None and own["dashes"] else -1
    first = fresh = key is None
    goes_on = False
    while column > 0 or item >= 0:
        line -= 1
        if line < 0 or lines[line].startswith("---"):
            return None
        match = _KEY.match(lines[line])
        if match is None:
            blanks = len(lines[line]) - len(lines[line].lstrip())
            if _is_text(lines[line]) and blanks < column and not lines[line].lstrip().startswith("-"):
                return None  # a text of several lines, or a key that is written by an action
            continue
        blanks, dashes = len(match["blanks"]), len(match["dashes"])
        at = blanks + dashes
        is_open = not _ACTION.sub("", match["rest"]).strip() or match["rest"].lstrip().startswith("{{-")
        if fresh and is_open and at == column and not dashes:
            parts.insert(0, match["key"])  # a list that is not indented
            item = -1
        elif item >= 0:
            if dashes and blanks == item:
                continue
            if at > item:
                continue
            parts[:0] = [match["key"]] if goes_on else [match["key"], ITEM]
            goes_on = False
            item = blanks if dashes else -1
            column = at
            first = False
            continue
        elif at < column:
            if not is_open:
                return None
            parts.insert(0, match["key"])
            item = blanks if dashes else -1
        elif at == column and dashes:
            item = blanks
            first = fresh = False
            continue
        elif dashes and blanks == column and first:
            item = column  # a list goes on, whose items are not indented further
            first, goes_on = False, True
            continue
        else:
            fresh = False
            continue
        column = at
        first = fresh = False
    return parts


def _head(lines: Sequence[str], line: int) -> tuple[str, str] | None:
    """The apiVersion and the kind of the document that a line is in, if they are written out."""
    start = next((at for at in range(line, -1, -1) if lines[at].startswith("---")), 0)
    stop = next((at for at in range(line + 1, len(lines)) if lines[at].startswith("---")), len(lines))
    found: dict[str, set[str]] = {"apiVersion": set(), "kind": set()}
    for one in lines[start:stop]:
        match = _KEY.match(one)
        if match and not match["blanks"] and not match["dashes"] and match["key"] in found:
            found[match["key"]].add(match["rest"].split(" #")[0].strip().strip("\"'"))
    versions, kinds = found["apiVersion"], found["kind"]
    if len(versions) != 1 or len(kinds) != 1 or "{{" in "".join([*versions, *kinds]):
        return None
    return next(iter(versions)), next(iter(kinds))


@lru_cache(maxsize=4096)
def _schema(api_version: str, kind: str, path: tuple[str, ...]) -> dict[str, Any] | None:
    schema = carried(api_version, kind)
    if schema is None:
        return None
    node: Any = schema.root
    for part in path:
        node = _resolved(schema, node)
        if part == ITEM:
            node = node.get("items")
        else:
            extra = node.get("additionalProperties")
            node = node.get("properties", {}).get(part, extra if isinstance(extra, dict) else None)
        if node is None:
            return None
    return dict(_resolved(schema, node))


def _resolved(schema: Schema, node: Any) -> Any:
    """A node itself: what a reference means, and of those for several releases the newest."""
    while True:
        if "$ref" in node:
            node = schema.nodes(node["$ref"])
        elif "in" in node:
            node = node["in"][-1][1]
        else:
            return node
