"""Labels and annotations reach what docs/spec.md says they reach."""

from __future__ import annotations

from typing import Any

import pytest

from chartgen.engine.api import Rendered
from chartgen.engine.objects import parse
from chartgen.generate.generate import generate
from chartgen.spec.load import read_spec
from tests.golden.charts import Helm, pod_template

SPEC = """
apiVersion: chartgen/v1
name: shop
image: ghcr.io/acme/shop:1.4.2
{key}: {{example.com/all: "1"}}
workloads:
  web: {{port: 8080, health: /healthz, {key}: {{example.com/own: "1"}}}}
  nightly: {{schedule: "@daily"}}
"""


@pytest.mark.parametrize("key", ["labels", "annotations"])
def test_at_the_top_all_objects_and_in_a_workload_its_pods(helm: Helm, key: str) -> None:
    made = generate(read_spec(SPEC.format(key=key).encode(), file="app.yaml"))
    found = helm.answer(made)
    assert isinstance(found, Rendered), found
    objects = parse(found.files).objects

    def names(metadata: Any) -> set[str]:
        return {name for name in metadata.get(key, {}) if name.startswith("example.com/")}

    assert {frozenset(names(o.body["metadata"])) for o in objects} == {frozenset(["example.com/all"])}
    templates = {o.kind: template["metadata"] for o in objects if (template := pod_template(o))}
    assert names(templates["Deployment"]) == {"example.com/all", "example.com/own"}
    assert names(templates["CronJob"]) == {"example.com/all"}
