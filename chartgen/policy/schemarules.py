"""Small rules of a user's own, each a JSON Schema for objects, pods or containers.

``schemas/schema-rule.v1.schema.json`` describes the documents and judges them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.jsonschemas import Complaint, complaints, schema_error, validator
from chartgen.kube.access import WORKLOADS, get, items, pod_spec, text
from chartgen.location import Pointer
from chartgen.nearest import nearest
from chartgen.policy.admission.read import Reader
from chartgen.resources import schema_text
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule

API_VERSION, KIND = "chartgen.dev/v1", "SchemaRule"
_IN_PODS = ("pod", "container")
_TYPES = "array, boolean, integer, null, number, object and string"


class SchemaRule(ScenarioRule):
    """Judges the objects of a scenario by one schema; made by ``schema_rule``."""

    profile = Profile.BASELINE

    def __init__(self, spec: Mapping[str, Any], where: str) -> None:
        super().__init__()
        self._spec = spec
        self._where = where
        self._wanted = frozenset(items(spec, "kinds"))
        self._compiled = validator(spec["schema"])

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Yield a fault for each place where the schema does not hold."""
        for obj in ctx.objects:
            if self._wanted and obj.kind not in self._wanted:
                continue
            for about, pointer, value in self._targets(obj):
                try:
                    for complaint in complaints(self._compiled, value):
                        yield self._fault(obj, about, pointer, complaint)
                except ValueError as error:
                    said = f"{about}{error}"
                    yield self.fault(Place.on(obj, pointer), said, help=self._where, severity=Severity.ERROR)

    def _targets(self, obj: RenderedObject) -> Iterator[tuple[str, Pointer, Any]]:
        """What the schema is for in an object: how messages begin, where it stands, and its value."""
        target = text(self._spec, "target") or "object"
        if target == "object":
            yield "", Pointer(), obj.body
            return
        pod = pod_spec(obj.kind, obj.body)
        if pod is None:
            return
        if target == "pod":
            yield "", pod.pointer, pod.body
            return
        for container in pod.containers:
            yield f"{container.title}: ", container.pointer, container.body

    def _fault(self, obj: RenderedObject, about: str, pointer: Pointer, complaint: Complaint) -> Fault:
        inner = complaint.pointer.dotted
        detail = f"{inner}: {complaint.message}" if inner else complaint.message
        message = text(self._spec, "message")
        return self.fault(
            Place.on(obj, pointer + complaint.pointer),
            about + (message or detail),
            help=text(self._spec, "help") or (f"{detail} ({self._where})" if message else self._where),
        )


def schema_rule(reader: Reader) -> SchemaRule | None:
    """The rule in an object of kind SchemaRule, or None with ``reader.problems``."""
    body = reader.body
    for complaint in complaints(_format(), body):
        _complain(reader, complaint)
    wrong = schema_error(get(body, "spec", "schema")) if not reader.problems else None
    if wrong:
        place = ("spec", "schema", *wrong.pointer.parts)
        is_type = place[-1] == "type"
        said = f"{get(body, *place)!r} is no type of JSON Schema" if is_type else f"is no JSON Schema: {wrong.message}"
        reader.problem(f"{Pointer(place).dotted}: {said}", *place, hint=f"types are {_TYPES}" if is_type else "")
    kinds = items(body, "spec", "kinds")
    if not reader.problems and kinds and text(body, "spec", "target") in _IN_PODS and not WORKLOADS & set(kinds):
        reader.problem(f"spec.kinds: none of {', '.join(kinds)} runs pods", "spec", "kinds", hint="or judge the object")
    if reader.problems:
        return None
    location = reader.document.locate(reader.at, file=reader.file)
    name = body["metadata"]["name"]
    facts = {"id": name, "severity": Severity(text(body, "spec", "severity") or "warning")}
    where = f"rule {name!r} ({location.file}:{location.line})"
    kind = type("NamedSchemaRule", (SchemaRule,), facts)
    rule: SchemaRule = kind(body["spec"], where)
    return rule


def _complain(reader: Reader, complaint: Complaint) -> None:
    """A problem of the document, with the nearest key for one that is unknown."""
    place = complaint.pointer.parts
    known = _keys(place)
    unknown = [key for key in get(reader.body, *place) or () if known and key not in known]
    if "Additional properties" not in complaint.message or not unknown:
        reader.problem(f"{complaint.pointer.dotted or KIND}: {complaint.message}", *place)
    for key in unknown if "Additional properties" in complaint.message else ():
        hint = nearest(key, known)
        said = f"{complaint.pointer.dotted or KIND}: unknown key {key!r}"
        reader.problem(said + (f" (did you mean {hint!r}?)" if hint else ""), *place, key, key=True)


def _keys(place: tuple[str | int, ...]) -> tuple[str, ...]:
    schema: Any = _schema()
    for part in place:
        schema = get(schema, "properties", part)
    return tuple(get(schema, "properties") or ())


@cache
def _schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema_text("schema-rule.v1"))
    return found


@cache
def _format() -> Any:
    return validator(_schema())
