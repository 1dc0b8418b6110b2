"""What the scenarios of a chart add has no name that the spec has given already."""

from __future__ import annotations

import chartgen
from chartgen.generate.generate import generate
from chartgen.generate.spare import spare
from chartgen.spec.load import read_spec
from tests.golden.charts import scenarios

SPEC = """
apiVersion: chartgen/v1
name: shop
image: ghcr.io/acme/shop:1.4.2
port: 8080
health: /healthz
env: {EXTRA: a}
volumes:
  /var/cache/app: {tmp: true, name: cache}
files:
  /var/cache/app-2/a: b
extra:
  mapping: {apiVersion: v1, kind: ConfigMap, metadata: {name: extra}, data: {a: b}}
  template: {apiVersion: v1, kind: ConfigMap, metadata: {name: extra-2}, data: {a: b}}
"""


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert spare("cache", ()) == "cache"
    assert spare("EXTRA", {"EXTRA", "EXTRA_2"}, joint="_") == "EXTRA_3"


def test_the_scenario_with_everything_replaces_nothing_and_doubles_nothing() -> None:
    made = generate(read_spec(SPEC.encode(), file="app.yaml"))
    full = scenarios(made)["ci/full-values.yaml"]
    assert [one["name"] for one in full["extraEnv"]] == ["EXTRA_2"]
    assert full["volumeMounts"] == [{"name": "cache-2", "mountPath": "/var/cache/app-3"}]
    assert full["volumes"] == [{"name": "cache-2", "emptyDir": {}}]
    assert list(full["extraObjects"]) == ["mapping-2", "template-2"]
    assert full["extraObjects"]["mapping-2"]["metadata"] == {"name": "extra-3"}
    with chartgen.open_engine() as engine:
        report = chartgen.lint_charts([made], engine=engine)
    assert [finding.message for finding in report.findings] == []
