"""What YAML itself gets wrong between its author and its readers: words that are booleans, numbers in disguise, keys
given twice, and files that are no spec at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from chartgen.errors import Problem
from chartgen.location import Location, Pointer
from chartgen.spec.source import Source
from chartgen.spec.units import number
from chartgen.yamlbuild import YamlList, YamlMap
from chartgen.yamlread import given_twice
from chartgen.yamlscalar import scalar

_PLAIN_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")

_TEXTS = frozenset(("env", "labels", "annotations", "args", "command", "exec", "preStop", "postStart"))
"""Keys whose values end as text, so that a number must be written exactly as it is to be read."""


_THROUGH_TO_YAML = frozenset(("args", "command", "annotations", "exec", "preStop", "postStart"))
"""Keys whose texts a template prints with Helm's ``toYaml``, which knows no U+0085 (next line)."""

_LOST = "[\x7f-\x84\x86-\x9f\ufffe\uffff]"
"""Characters of which ``toYaml`` makes nothing at all, and nothing of the list or object they are in either."""

_QUOTED = frozenset(("env", "files", "description"))
"""Keys whose texts are printed in another way, which keeps every character."""


def traps(source: Source) -> Iterator[Problem]:
    """Every trap in a spec. Numbers of objects under ``extra`` are left alone: their writers know ``0755``."""
    yield from given_twice(source.document, source.file)
    yield from _walk(source.document.data, Pointer(), source)
    yield from _extra(source.document.data.get("extra"), Pointer(("extra",)), source)


def _extra(data: Any, pointer: Pointer, source: Source) -> Iterator[Problem]:
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _extra(value, pointer / key, source)
    elif isinstance(data, str):
        yield from _text(data, pointer, source)


def _walk(data: Any, pointer: Pointer, source: Source) -> Iterator[Problem]:
    if isinstance(data, YamlMap):
        for key, value in data.items():
            key_event, event = data.events[key]
            yield from _key(key_event, key, pointer, source)
            if pointer.parts or key != "extra":
                yield from _value(event, value, pointer / key, source)
    elif isinstance(data, YamlList):
        for index, value in enumerate(data):
            yield from _value(data.events[index], value, pointer / index, source)


def _value(event: Any, value: Any, pointer: Pointer, source: Source) -> Iterator[Problem]:
    if isinstance(value, dict | list):
        yield from _walk(value, pointer, source)
    elif isinstance(value, str):
        yield from _text(value, pointer, source)
    elif value is not None and not getattr(event, "style", None):
        yield from _plain(str(getattr(event, "value", "")), value, pointer, source)


def _text(value: str, pointer: Pointer, source: Source) -> Iterator[Problem]:
    said = ""
    if "\0" in value:
        said = "a NUL character"
    elif "\x85" in value and not (_THROUGH_TO_YAML | {"extra"}).isdisjoint(pointer.parts):
        said = "the control character U+0085, which Helm turns into a blank here"
    elif _QUOTED.isdisjoint(pointer.parts) and (found := re.search(_LOST, value)):
        said = f"the character U+{ord(found[0]):04X}, with which Helm prints nothing here"
    if said:
        yield source.problem(pointer, f"the text holds {said}", code="control-character", hint="remove it")


def _plain(raw: str, value: Any, pointer: Pointer, source: Source) -> Iterator[Problem]:
    """A scalar without quotes that is no text, and is not what its author sees."""
    if not raw or (isinstance(value, bool) and raw in ("true", "false")):
        return  # an alias has no text of its own; its anchor was looked at
    said = ""
    hint = f'quote it: "{raw}"'
    if isinstance(value, bool):
        word = "true" if value else "false"
        said = f"{raw} is read as {word}, not as text"
        hint = f'write {word}, or quote it if text is meant: "{raw}"'
    elif isinstance(value, int) and (raw == "-0" or not _PLAIN_INTEGER.match(raw)):
        said = f"{raw} is read as the number {value}"
        hint = f'write {value}, or quote it if text is meant: "{raw}"'
    elif isinstance(value, float) and ("_" in raw or (_is_text(pointer) and raw != str(value))):
        said = f"{raw} is read as the number {number(value)}"
    if said:
        yield source.problem(pointer, said, hint=hint, code="ambiguous-scalar")


def _is_text(pointer: Pointer) -> bool:
    return len(pointer.parts) > 1 and pointer.parts[-2] in _TEXTS


def _key(event: Any, key: str, pointer: Pointer, source: Source) -> Iterator[Problem]:
    raw = str(getattr(event, "value", ""))
    if raw == key or getattr(event, "style", None):
        return
    value = scalar(event) if raw else key
    if isinstance(value, bool | int | float):
        place = source.at(pointer / key, key=True)
        prefix = f"{pointer.dotted}: " if pointer.parts else ""
        said = f"{prefix}the key {raw} is read as {key!r}"
        yield Problem(said, place, f'quote it: "{raw}"', "ambiguous-key")


def lookalike(source: Source) -> Problem | None:
    """The one problem of a file that is something else, or of YAML that is no mapping."""
    data = source.document.data
    start = Location(source.file, 1, 1)
    if isinstance(data, dict):
        what = _what(data)
        if not what:
            return None
        said = f"this looks like {what}, not like an app spec"
        return Problem(said, start, "a spec begins with: apiVersion: chartgen/v1", "other-file")
    kind = "a list" if isinstance(data, list) else "a single value"
    place = source.document.locate(Pointer(), file=source.file)
    return Problem(f"a spec is a mapping, not {kind}", place, "begin with: apiVersion: chartgen/v1", "type")


def _what(data: dict[str, Any]) -> str:
    version, kind = data.get("apiVersion"), data.get("kind")
    if isinstance(version, str) and version.startswith("chartgen/"):
        return ""
    if version and isinstance(kind, str):
        return f"a Kubernetes {kind}"
    if version in ("v1", "v2") and "name" in data and "version" in data:
        return "a chart's Chart.yaml"
    if version is not None:
        return ""
    if isinstance(data.get("services"), dict):
        return "a compose file"
    if "name" not in data and ("replicaCount" in data or "nameOverride" in data or "serviceAccount" in data):
        return "a chart's values.yaml"
    return ""
