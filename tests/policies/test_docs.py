"""The examples in docs/policies.md do what they say."""

from __future__ import annotations

import json
import re
from pathlib import Path

from chartgen.policy.custom import load_custom
from chartgen.resources import schema_text
from tests.policies.test_cases import context

DOCS = Path(__file__).parents[2] / "docs" / "policies.md"
OBJECT = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, labels: {app: a}}, spec: {replicas: 6}}"


def test_the_examples_are_policies_that_work() -> None:
    blocks = re.findall(r"^```yaml\n# (policies/\S+)\n(.*?)^```$", DOCS.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    assert [fault.message for fault in load_custom(blocks).check(context(OBJECT))] == [
        "Deployment/web: runs more than 5 replicas",
        "Deployment/web: has no label 'team'",
    ]


def test_the_schema_of_schema_rules_explains_every_key() -> None:
    def properties(schema: object) -> list[dict[str, object]]:
        if isinstance(schema, list):
            return [found for inner in schema for found in properties(inner)]
        if not isinstance(schema, dict):
            return []
        own = list(schema["properties"].values()) if "properties" in schema and "type" in schema else []
        return [*own, *(found for key, inner in schema.items() if key != "examples" for found in properties(inner))]

    found = properties(json.loads(schema_text("schema-rule.v1")))
    assert len(found) >= 12
    assert [one for one in found if not (one.get("description") and one.get("examples"))] == []
