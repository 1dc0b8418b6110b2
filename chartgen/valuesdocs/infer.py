"""values.schema.json from what is known of each value: its default, its comments, what the templates do with it.

A schema must not refuse what works. So a default's type is taken for what is usual, not for all there may be: a number
may be given as text, an empty map may be a list if templates only print it. It is narrowed where templates prove that
nothing else can work (``trunc`` of a number ends the render, ``replicas: many`` is refused by the API server), and
widened by what ``ci/*-values.yaml`` hold. Comments have the last word. Draft 7 is what every Helm 3 and 4 reads.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from chartgen.jsonschemas import schema_error
from chartgen.tuples import NamedTuple
from chartgen.valuesdocs.annotations import Annotation, BadAnnotation, annotation, modified, named, root
from chartgen.valuesdocs.comments import Place, Remark, remarks
from chartgen.valuesdocs.evidence import Evidence, Limit
from chartgen.valuesdocs.kinds import NOTHING, SCALAR, Types, common, kind, together, written
from chartgen.valuesdocs.parameters import Parameter, sections
from chartgen.yamlbuild import YamlMap

DRAFT = "http://json-schema.org/draft-07/schema#"
MADE = "made by 'chartgen schema --values' from values.yaml and the templates"
STRICT = "made by 'chartgen schema --values --strict' from values.yaml and the templates"
"""The ``$comment`` of what is made here: a schema without either is somebody's own."""

_OPEN_KEYS = ("global",)
_DECIDES = frozenset(("type", "enum", "const", "$ref", "anyOf", "oneOf", "allOf", "not", "if"))


class BadComment(Exception):
    """An ``@schema`` that cannot be read: the message and the place of the value it is about."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.message = message
        self.place = place


class Comments(NamedTuple):
    """What is said of each value, by its place; parameters by their dotted name."""

    remarks: Mapping[Place, Remark]
    parameters: Mapping[str, Parameter]
    lines: tuple[str, ...]


def infer(text: str, data: Any, evidence: Evidence, *, strict: bool = False) -> dict[str, Any]:
    """The schema of a chart's values; ``data`` is values.yaml as read from ``text``.

    With ``strict`` types are those of the defaults, and a map allows no other keys than those it has or templates read,
    unless they use it whole. Raises BadComment.
    """
    comments = Comments(
        remarks(text, data),
        {one.name: one for section in sections(text) for one in section.parameters if one.kind == "param"},
        tuple(text.splitlines()),
    )
    writer = _Writer(evidence, comments, strict=strict and evidence.is_complete)
    try:
        asked = root(text)
        _check(asked)
    except BadAnnotation as error:
        raise BadComment(str(error), ()) from None
    made = writer.map(data if isinstance(data, YamlMap) else YamlMap(), ())
    return {"$schema": DRAFT, "$comment": STRICT if strict else MADE, "type": "object", **made, **asked}


class _Writer:
    def __init__(self, evidence: Evidence, comments: Comments, *, strict: bool) -> None:
        self.evidence = evidence
        self.comments = comments
        self.strict = strict
        charts = {one.prefix[0] for one in evidence.family.instances if one.prefix}
        self.subcharts = charts | {parts[0] for parts in evidence.family.vague if parts}

    def map(self, value: YamlMap, parts: tuple[str, ...]) -> dict[str, Any]:
        """``properties`` of a map, and what else goes with them."""
        properties: dict[str, Any] = {}
        required: list[str] = []
        for key, item in value.items():
            place = (*parts, key)
            asked = self._asked(value, key, place)
            properties[key] = self._property(item, place, asked)
            required += [key] * bool(asked and asked.is_required)
        for key in self.evidence.below(parts):
            if key not in properties:
                found = self._property(NOTHING, (*parts, key), None)
                if found or self.strict:
                    properties[key] = found
        if not parts:
            for key in sorted({*self.subcharts, *_OPEN_KEYS} - {"*"}):
                properties.setdefault(key, {"type": "object"})
            if self._is_closed(parts):
                # What most charts that depend on another name as the condition: Helm hands it down, read or not.
                properties.setdefault("enabled", {"type": "boolean"})
        made: dict[str, Any] = {"properties": properties} if properties else {}
        if required:
            made["required"] = required
        if self._is_closed(parts):
            made["additionalProperties"] = False
        return made

    def _is_closed(self, parts: tuple[str, ...]) -> bool:
        if not self.strict or (parts and parts[0] in (*self.subcharts, *_OPEN_KEYS)):
            return False
        return not ("*" in self.subcharts if not parts else self.evidence.is_free(parts))

    def _property(self, value: Any, parts: tuple[str, ...], asked: Annotation | None) -> dict[str, Any]:
        if asked and asked.is_hidden:
            return {}
        if len(parts) == 1 and parts[0] in self.subcharts:
            return {**self._described(parts), "type": "object", **(asked.schema if asked else {})}
        made = self._described(parts)
        if asked is None or not _DECIDES & set(asked.schema):
            made |= self._types(value, parts)
        wanted = asked.schema if asked else {}
        may_be_map = "object" in _list(wanted.get("type", made.get("type", "object")))
        if may_be_map and "properties" not in wanted and not (asked and asked.skips_below):
            if isinstance(value, YamlMap) and value:
                made |= self.map(value, parts)
            elif value is NOTHING or not value:
                below = self.map(YamlMap(), parts)
                made |= below if below.get("properties") else {}
        if isinstance(value, str | bool | int | float):
            made["default"] = value
        return {**made, **wanted}

    def _described(self, parts: tuple[str, ...]) -> dict[str, Any]:
        parameter = self.comments.parameters.get(".".join(parts))
        said = self.comments.remarks.get(parts, Remark()).description or (parameter.description if parameter else "")
        return {"description": said} if said else {}

    def _types(self, value: Any, parts: tuple[str, ...]) -> dict[str, Any]:
        """``type``, and ``pattern`` where a text has to be a number or a truth value."""
        evidence = self.evidence
        limit = evidence.limit(parts)
        types, is_nullable = self._told(value, parts)
        if types is None:
            types = self._usual(value, parts, limit)
            if types is None:
                return {}
        given = [one for one in (value, *evidence.given(parts)) if one is not NOTHING]
        found = {*types, *(kind(one) for one in given), *(["null"] if is_nullable else [])}
        made: dict[str, Any] = {"type": written(frozenset(found), kind(value) if value is not None else "")}
        if (
            limit
            and limit.pattern
            and "string" in found
            and all(evidence.fits(limit, one) for one in given if one is not None)
        ):
            made["pattern"] = limit.pattern
        return made

    def _told(self, value: Any, parts: tuple[str, ...]) -> tuple[Types | None, bool]:
        """The types that comments name, and whether the value may be null."""
        parameter = self.comments.parameters.get(".".join(parts))
        types, is_nullable = modified(parameter.modifiers) if parameter else (frozenset(), False)
        if not types and value is None:
            types = named(self.comments.remarks.get(parts, Remark()).type)
        # A modifier of @param may only say what is to be shown, so that it widens what is known.
        if types and value is not None:
            usual = self._usual(value, parts, self.evidence.limit(parts))
            return (None if usual is None else usual | types), is_nullable
        return (types or None), is_nullable

    def _usual(self, value: Any, parts: tuple[str, ...], limit: Limit | None) -> Types | None:
        """The types that may stand in place of a default; None for any."""
        evidence, reads = self.evidence, self.evidence.reads
        if parts in reads.inspected or parts in reads.written:
            return None
        if value is None or value is NOTHING:
            types = limit.types if limit else None
        elif self.strict and not limit:
            types = frozenset((kind(value),))
        else:
            types = self._family(value, parts)
            if limit:
                types = common(types, limit.types) or limit.types
        if types is not None and parts in reads.templated and "string" not in types:
            types |= {"string"}
        if types is not None and evidence.below(parts) and not isinstance(value, YamlMap) and not types & {"object"}:
            types |= {"object"}
        return None if types is None else together(types)

    def _family(self, value: Any, parts: tuple[str, ...]) -> Types:
        evidence, reads = self.evidence, self.evidence.reads
        name = kind(value)
        if name == "boolean":
            return frozenset(("boolean", "string")) if evidence.is_printed(parts) else frozenset(("boolean",))
        if name in ("integer", "number"):
            return frozenset(("number", "string"))
        if name == "string":
            as_yaml = value == "" and parts in evidence.as_yaml
            return SCALAR | {"object", "array"} if as_yaml else SCALAR
        if name == "array":
            return frozenset(("array", "object")) if not value and parts in reads.ranged else frozenset(("array",))
        is_vague = not value and not evidence.below(parts) and (evidence.is_printed(parts) or parts in reads.ranged)
        return frozenset(("object", "array")) if is_vague else frozenset(("object",))

    def _asked(self, owner: YamlMap, key: str, place: tuple[str, ...]) -> Annotation | None:
        mark = owner.events[key][0].start_mark
        line = self.comments.lines[mark.line] if mark.line < len(self.comments.lines) else ""
        hash_at = line.find("# @schema ", mark.column)
        comment = self.comments.remarks.get(place, Remark()).lines
        try:
            asked = annotation(comment, line[hash_at:] if hash_at >= 0 else "")
            if asked:
                _check(asked.schema)
            return asked
        except BadAnnotation as error:
            raise BadComment(str(error), place) from None


def _check(schema: Mapping[str, Any]) -> None:
    """Raises BadAnnotation for what is no JSON Schema, and for what is elsewhere, which nobody fetches to check it."""
    for reference in _references(schema):
        if not reference.startswith("#"):
            raise BadAnnotation(f"@schema $ref: {reference!r} leads out of the schema, so that it cannot be checked")
    if wrong := _wrong(json.dumps(schema, default=str)):
        raise BadAnnotation(f"@schema {wrong}")


@lru_cache(maxsize=1024)
def _wrong(text: str) -> str:
    """What is wrong with a schema, ``""`` for nothing; most comments of a chart ask for the same few things."""
    worst = schema_error(json.loads(text))
    return f"{worst.pointer.dotted}: {worst.message}".removeprefix(": ") if worst else ""


def _references(schema: Any) -> Iterator[str]:
    """Every ``$ref`` in a schema."""
    if isinstance(schema, Mapping):
        for key, item in schema.items():
            if key == "$ref" and isinstance(item, str):
                yield item
            else:
                yield from _references(item)
    elif isinstance(schema, list):
        for item in schema:
            yield from _references(item)


def _list(types: Any) -> list[Any]:
    return types if isinstance(types, list) else [types]
