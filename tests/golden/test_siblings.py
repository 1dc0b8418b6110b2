"""Where workloads of one chart find each other."""

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
workloads:
  api: {port: 8080}
  back-office:
    ports: {admin: 9000, http: 8080}
  front:
    env:
      URL: {workload: api, fact: url}
      HOST: {workload: back-office, fact: host}
      PORT: {workload: back-office, fact: port}
      "the.address": {workload: back-office, fact: address}
    init:
      wait: {args: [wait], env: {URL: {workload: api, fact: url}}}
"""


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ["http://r1-shop-api:80", "r1-shop-back-office", "80", "r1-shop-back-office:80"]),
        (
            {"fullnameOverride": "x", "api": {"service": {"port": 8081}}, "backOffice": {"service": {"port": 90}}},
            ["http://x-api:8081", "x-back-office", "90", "x-back-office:90"],
        ),
    ],
)
def test_a_variable_names_the_service_as_it_is_called(helm: Helm, values: dict[str, Any], expected: list[str]) -> None:
    made = generate(read_spec(SPEC.encode(), file="app.yaml"))
    found = helm.answer(made, values=values)
    assert isinstance(found, Rendered), found
    objects = parse(found.files).objects
    (template,) = [pod_template(o) for o in objects if o.kind == "Deployment" and o.name.endswith("-front")]
    assert template is not None
    pod = template["spec"]
    assert [e["value"] for e in pod["containers"][0]["env"]] == expected
    assert pod["initContainers"][0]["env"] == [{"name": "URL", "value": expected[0]}]
    ports = {o.name: [port["port"] for port in o.body["spec"]["ports"]] for o in objects if o.kind == "Service"}
    assert int(expected[2]) in ports[expected[1]]
