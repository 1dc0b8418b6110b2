"""What a chart allows is found in it: an allowance that nothing needs would be a finding itself."""

from __future__ import annotations

import pytest

from chartgen.generate.generate import generate
from chartgen.lint.run import Settings, lint
from chartgen.policy.model import Policy, Profile
from chartgen.spec.load import read_spec
from tests.unit.lint_support import an_engine

HEAD = "apiVersion: chartgen/v1\nname: shop\nimage: ghcr.io/acme/shop:1.4.2\nport: 8080\nhealth: /healthz\n"


@pytest.mark.parametrize(
    ("spec", "allowed"),
    [
        ("replicas: 1\n", ["too-few-replicas"]),
        ("replicas: 1\nvolumes: {/data: {size: 1Gi, access: ReadWriteMany}}\n", []),
        ("replicas: 1\nvolumes: {/data: {existing: shop}}\n", []),
        ("replicas: 1\nvolumes: {/data: {tmp: true}}\n", ["too-few-replicas"]),
        ('replicas: 1\nsecurity: {writableRoot: true}\nannotations: {note: "a\\u2028b"}\n',
         ["too-few-replicas", "writable-root-filesystem"]),
    ],
)  # fmt: skip
def test_one_pod_is_allowed_where_somebody_asks(spec: str, allowed: list[str]) -> None:
    made = generate(read_spec((HEAD + spec).encode(), file="app.yaml"))
    with an_engine() as engine:
        report = lint([made], engine=engine, settings=Settings(Policy(profile=Profile.STRICT)))
    assert [finding.message for finding in report.findings] == []
    assert sorted({finding.rule for finding in report.suppressed}) == allowed
