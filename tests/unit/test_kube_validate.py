"""Objects held against schemas: what is found, where, and for which releases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chartgen.kube.crds import definitions
from chartgen.kube.releases import CARRIED, releases, spoken
from chartgen.kube.schemas import Schema, carried
from chartgen.kube.validate import validate
from chartgen.yamlread import read

CASES = read((Path(__file__).parent / "kube_validate.yaml").read_text(encoding="utf-8")).data


def told(text: str, schema: Schema | None = None, versions: int = CARRIED) -> list[str]:
    """Kind, place and message of everything wrong with an object, with the releases when not all."""
    body = read(text).data
    found = schema or carried(body["apiVersion"], body["kind"])
    assert found is not None
    judged = validate(found, body, versions)
    return sorted(
        f"{one.kind} {one.pointer} {one.message}" + ("" if one.versions == versions else f" ({spoken(one.versions)})")
        for one in judged.violations
    )


def service(spec: str) -> str:
    return f"apiVersion: v1\nkind: Service\nmetadata: {{name: a}}\nspec: {spec}\n"


@pytest.mark.parametrize(("spec", "expected"), [(one["spec"], one["found"]) for one in CASES["services"]])
def test_a_service(spec: str, expected: list[str]) -> None:
    assert told(service(spec)) == expected


def test_only_the_asked_releases_count() -> None:
    assert told(service("{trafficDistribution: PreferClose}"), versions=releases([30, 37])) == []
    known = carried("v1", "Service")
    assert known is not None
    assert validate(known, {"spec": 1}, releases([20])).violations == ()


def test_a_field_that_some_releases_require() -> None:
    text = """
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: a}
spec: {selector: {}, template: {}}
"""
    assert told(text) == ["missing /spec spec has no serviceName (1.25 to 1.32)"]


def test_formats_of_kubernetes_own_kinds() -> None:
    text = """
apiVersion: v1
kind: Secret
metadata: {name: a, creationTimestamp: null}
data: {good: Z29vZA==, bad: plain, empty: ""}
"""
    assert told(text) == ["invalid /data/bad data.bad is 'plain', which is not base64"]
    text = """
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: a}
spec: {resources: {requests: {storage: 8Gib}}}
"""
    where = "/spec/resources/requests/storage spec.resources.requests.storage"
    assert told(text) == [f"not-a-quantity {where} is '8Gib', which is not a quantity"]


def widget(schema: str) -> Schema:
    """The schema of the kind that a CustomResourceDefinition with this schema of its spec makes."""
    crd = read(
        f"""
kind: CustomResourceDefinition
spec:
  group: example.com
  names: {{kind: Widget}}
  versions:
    - name: v1
      schema: {{openAPIV3Schema: {{type: object, properties: {{spec: {schema}}}}}}}
"""
    ).data
    ((key, found),) = definitions(crd, "crd.yaml")
    assert key == ("example.com/v1", "Widget")
    return found


@pytest.mark.parametrize(
    ("schema", "spec", "expected"), [(one["schema"], one["spec"], one["found"]) for one in CASES["widgets"]]
)
def test_custom_resources(schema: str, spec: str, expected: list[str]) -> None:
    text = f"apiVersion: example.com/v1\nkind: Widget\nmetadata: {{name: a}}\nspec: {spec}\n"
    assert told(text, widget(schema)) == expected


def test_the_metadata_of_custom_resources_is_judged_too() -> None:
    text = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a, lables: {a: b}, annotations: {a: true}}\n"
    assert told(text, widget("{type: object}")) == [
        "not-text /metadata/annotations/a metadata.annotations.a is the boolean true, where text is expected",
        "unknown /metadata/lables unknown field 'lables' in metadata",
    ]


def test_a_pattern_that_may_take_for_ever_is_not_tried() -> None:
    slow = widget("{type: string, pattern: '^(a+)+$'}")
    text = f"apiVersion: example.com/v1\nkind: Widget\nspec: {'a' * 40}!\n"
    assert told(text, slow) == []


@pytest.mark.parametrize(
    "crd",
    [
        None,
        [],
        {"kind": "CustomResourceDefinition"},
        {"kind": "CustomResourceDefinition", "spec": {"group": 1, "names": [], "versions": {}}},
        {"kind": "CustomResourceDefinition", "spec": {"group": "a.b", "names": {"kind": "X"}, "versions": [1, {}]}},
    ],
)
def test_what_is_no_definition_makes_no_kind(crd: Any) -> None:
    assert list(definitions(crd, "x.yaml")) == []


@pytest.mark.parametrize(
    "nonsense",
    [
        "{type: [string], properties: []}",
        "{type: object, properties: {a: 1, b: {type: wrong, enum: x, required: y, minimum: z}}}",
        "{oneOf: 1, allOf: [1], not: [], items: [], additionalProperties: yes}",
        "{pattern: 1, format: [], maxLength: '1', x-kubernetes-list-map-keys: 3, x-kubernetes-list-type: map}",
        "{x-kubernetes-validations: [1, {rule: 2}, {rule: 'self.'}]}",
    ],
)
def test_nonsense_in_a_schema_allows_everything(nonsense: str) -> None:
    text = "apiVersion: example.com/v1\nkind: Widget\nspec: {a: [1, {b: null}], b: x}\n"
    assert told(text, widget(nonsense)) == []
