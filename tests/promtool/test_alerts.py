"""The alert rules, judged by Prometheus: each fires when it should, and only then."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from chartgen.yamlread import read
from tests.promtool.charts import SPECS, alerts, everything, groups
from tests.promtool.tool import check_rules, needs_promtool, test_rules

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))


@cache
def cases(name: str) -> list[dict[str, Any]]:
    data = read((CASES / f"{name}.yaml").read_text(encoding="utf-8")).data
    assert isinstance(data, list)
    return data


def rules_of(name: str) -> list[dict[str, Any]]:
    """The rules of one alert, of every workload: promtool evaluates all it is given, every minute."""
    return [
        {**group, "rules": [rule for rule in group["rules"] if rule["alert"] == name]}
        for chart in ("shop", "plant")
        for group in groups(everything(chart))
    ]


def checks(case: dict[str, Any], name: str) -> dict[str, Any]:
    """A case as promtool wants it: with the interval and the alert's name."""
    # A bare 0x20 is 32 in YAML 1.1.
    assert all(isinstance(series["values"], str) for series in case["input_series"])
    asked = [{"alertname": name, **check} for check in case["alert_rule_test"]]
    return {**case, "interval": "1m", "alert_rule_test": asked}


@needs_promtool
@pytest.mark.parametrize("name", sorted(SPECS))
def test_prometheus_accepts_the_rules(name: str, tmp_path: Path) -> None:
    complaint = check_rules(groups(everything(name)), tmp_path)
    assert not complaint, complaint


@needs_promtool
@pytest.mark.parametrize("name", NAMES)
def test_alert(name: str, tmp_path: Path) -> None:
    complaint = test_rules(rules_of(name), [checks(case, name) for case in cases(name)], tmp_path)
    assert not complaint, complaint


STRANGERS = {
    "plant": (r'="dev-plant-([a-z]+)', r'="dev-plant-\1-admin'),
    "cluster": (r'="dev-shop-orders-', '="dev-shop-orders-admin-'),
    "broker": (r'="(persistence-)?dev-shop-events-', r'="\1dev-shop-events-admin-'),
    "namespace": (r'namespace="prod"', 'namespace="staging"'),
    "deployment": (r'="(prod/)?dev-shop-(web|worker)', r'="\1dev-shop-\2-admin'),
    "statefulset": (r'^(kube|container)(.*) pod="dev-shop-(web|worker)-[^"]*"', r'\1\2 pod="dev-shop-\3-0"'),
    "job": (r'^(kube|container)(.*) pod="dev-shop-(web|worker)-[^"]*"', r'\1\2 pod="dev-shop-\3-report-2x4zq"'),
    "cronjob": (r'^(kube|container)(.*) pod="dev-shop-(web|worker)-[^"]*"', r'\1\2 pod="dev-shop-\3-29384756-2x4zq"'),
    "sidecar": (
        r'^(container|kube_pod_container_resource)(.*) container="(web|worker)"',
        r'\1\2 container="istio-proxy"',
    ),
}
"""How series are made to be of something else with a similar name, as a search and what it is replaced with."""


@needs_promtool
@pytest.mark.parametrize("name", NAMES)
def test_no_alert_fires_for_what_is_not_its_own(name: str, tmp_path: Path) -> None:
    tests = []
    for case, (kind, (search, other)) in product(cases(name), STRANGERS.items()):
        given = [each["series"] for each in case["input_series"]]
        moved = [re.sub(search, other, series) for series in given]
        if moved == given:
            continue
        tests.append(
            {
                "name": f"{case['name']}: {kind}",
                "interval": "1m",
                "input_series": [{**old, "series": new} for old, new in zip(case["input_series"], moved, strict=True)],
                "alert_rule_test": [
                    {"alertname": name, "eval_time": check["eval_time"], "exp_alerts": []}
                    for check in case["alert_rule_test"]
                ],
            }
        )
    assert len(tests) >= 2
    complaint = test_rules(rules_of(name), tests, tmp_path)
    assert not complaint, complaint


def test_every_alert_has_cases() -> None:
    there = {
        rule["alert"] for chart in ("shop", "plant") for rules in alerts(everything(chart)).values() for rule in rules
    }
    assert there == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_alert_is_seen_firing_and_silent(name: str) -> None:
    expected = [[check["exp_alerts"] for check in case["alert_rule_test"]] for case in cases(name)]
    assert any(any(firing) for firing in expected), f"{name} has no case in which it fires; add one"
    assert any(not any(firing) for firing in expected), f"{name} has no case in which it is silent; add one"
    assert any(not case["input_series"] for case in cases(name)), f"{name} has no case without data; add one"
