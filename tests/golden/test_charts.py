"""Whole charts, as the user gets them. Read the difference before you accept it: pytest --snapshot-update."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from jsonschema import Draft7Validator
from pytest_snapshot.plugin import Snapshot

from chartgen.engine.api import Rendered
from chartgen.engine.objects import parse
from chartgen.lint.run import Settings, lint
from chartgen.policy.model import Policy
from chartgen.rules.base import Profile
from chartgen.yamlread import read
from tests import kubernetes
from tests.golden.charts import (
    EVERYTHING,
    NAMES,
    PATHS,
    SPECS,
    VERBATIM,
    Helm,
    blank_lines,
    chart,
    empty_documents,
    scenarios,
)
from tests.subcharts import with_subcharts


def tree(files: dict[str, str]) -> dict[str, Any]:
    """Paths as nested folders, which is what pytest-snapshot compares."""
    root: dict[str, Any] = {}
    for path, text in files.items():
        *folders, name = path.split("/")
        here = root
        for folder in folders:
            here = here.setdefault(folder, {})
        here[name] = text
    return root


def told_elsewhere(path: str) -> bool:
    """What repeats itself in every chart or is the spec's own, and is judged by other tests and in charts-output."""
    return (
        path.startswith("files/")
        or path == "values.schema.json"
        or path.endswith(("prometheusrule.yaml", "dashboard.yaml", ".json"))
    )


@pytest.mark.parametrize("name", [name for name in NAMES if PATHS[name] != EVERYTHING])
def test_chart(name: str, snapshot: Snapshot) -> None:
    snapshot.snapshot_dir = SPECS.parent / "charts"
    made = chart(name)
    snapshot.assert_match_dir(tree({p: made.text(p) or "" for p in made.files if not told_elsewhere(p)}), name)


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_is_valid_everywhere(name: str, helm: Helm) -> None:
    made = chart(name)
    for scenario, values in scenarios(made).items():
        answer = helm.answer(made, values=values)
        assert isinstance(answer, Rendered), (scenario, answer)
        parsed = parse(answer.files)
        assert (parsed.bad, parsed.duplicates) == ((), ()), scenario
        for version in kubernetes.VERSIONS:
            assert [e for o in parsed.objects for e in kubernetes.errors(version, dict(o.body))] == [], scenario
        assert all("namespace" not in o.body["metadata"] for o in parsed.objects)
        refs = [o.ref for o in parsed.objects]
        assert len(refs) == len(set(refs)), scenario


@pytest.mark.parametrize("name", NAMES)
def test_text_is_clean(name: str, helm: Helm) -> None:
    made = chart(name)
    for path in made.files:
        if path.startswith("files/"):
            continue
        text = made.text(path) or ""
        assert text.endswith("\n"), path
        assert not text.endswith("\n\n"), path
        assert not re.search(r"[ \t]+$", text, re.MULTILINE), path
        assert "\n\n\n" not in text, path
    for scenario, values in scenarios(made).items():
        answer = helm.answer(made, values=values)
        assert isinstance(answer, Rendered)
        assert (empty_documents(answer.files), blank_lines(answer.files)) == ([], []), scenario
        for path, text in answer.files.items():
            assert not re.search(r"[ \t]+$", text, re.MULTILINE) or path.endswith(VERBATIM), (
                scenario,
                path,
            )
            assert "Capabilities" not in (made.text(path) or "")


@pytest.mark.parametrize("name", NAMES)
def test_values_satisfy_their_schema(name: str) -> None:
    made = chart(name)
    schema = json.loads(made.text("values.schema.json") or "")
    Draft7Validator.check_schema(schema)
    assert list(Draft7Validator(schema).iter_errors(read(made.text("values.yaml") or "").data)) == []
    references = re.findall(r'"\$ref": "([^"]*)"', made.text("values.schema.json") or "")
    assert all(reference.startswith("#/definitions/") for reference in references)


@pytest.mark.parametrize("name", NAMES)
def test_switched_off_means_nothing_at_all(name: str, helm: Helm) -> None:
    answer = helm.answer(chart(name), sets=("monitoring.enabled=false",))
    assert isinstance(answer, Rendered)
    assert [o.kind for o in parse(answer.files).objects if "monitoring" in o.api_version] == []
    for path, text in answer.files.items():
        if path.endswith(("prometheusrule.yaml", "servicemonitor.yaml", "podmonitor.yaml", "dashboard.yaml")):
            assert text.strip() == "", path


ACTION = re.compile(r"\{\{-?\s*(if|with|range|else)\b(?:(?!\}\}).|\n)*?\}\}")


@pytest.mark.parametrize("name", NAMES)
def test_scenarios_take_every_branch(name: str, helm: Helm) -> None:
    """Each branch of each template gets a mark; all marks must be seen in the scenarios together."""
    made = chart(name)
    files: dict[str, str | bytes] = dict(made.files)
    marks: dict[str, str] = {}
    for path in made.templates:
        text = made.text(path) or ""
        # A branch that refuses the values is no branch a scenario could take.
        refusing = [m.start() for m in re.finditer(r"\{\{-? if [^}]*\}\}\s*\{\{-? fail ", text)]

        def mark(match: re.Match[str], path: str = path, text: str = text, refusing: list[int] = refusing) -> str:
            if match.start() in refusing:
                return match[0]
            name = f"~{len(marks)}~"
            marks[name] = f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
            return match[0] + name

        files[path] = ACTION.sub(mark, text)
    files["values.schema.json"] = "{}"
    marked = type(made).of(files)
    seen: set[str] = set()
    for values in scenarios(made).values():
        for release in ("r1", made.name):
            answer = helm.answer(marked, values=values, release=release)
            assert isinstance(answer, Rendered), answer
            seen.update(re.findall(r"~\d+~", "".join(answer.files.values())))
    assert [place for name, place in marks.items() if name not in seen] == []


TRUE_OF = {"hostile": ("broken-schema-rule", "nginx-snippet", "value-key-style")}
"""What is rightly found in a chart whose texts are chosen to break things: a path, an annotation, variables."""


@pytest.mark.parametrize("name", NAMES)
def test_it_lints_clean(name: str, helm: Helm) -> None:
    """What the spec asks for in so many words, such as root, is allowed where it stands."""
    policy = Policy(profile=Profile.STRICT, ignore=TRUE_OF.get(name, ()))
    report = lint([with_subcharts(chart(name))], engine=helm.engine, settings=Settings(policy=policy))
    assert [f"{found.primary}: {found.rule}: {found.message}" for found in report.findings] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_metadata_is_that_of_chart_yaml(name: str) -> None:
    made = chart(name)
    assert made.metadata == read(made.text("Chart.yaml") or "").data


def test_charts_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "import hashlib; from tests.golden.charts import NAMES, chart; "
        "print(hashlib.sha256(repr([(n, list(chart(n).files.items())) for n in NAMES]).encode()).hexdigest())"
    )
    root = str(SPECS.parents[2])
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": root},
            cwd=root,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(seen) == 1


def test_a_chart_is_the_same_under_either_form_of_a_key() -> None:
    from chartgen.generate.generate import generate
    from chartgen.spec.load import read_spec

    head = "apiVersion: chartgen/v1\nname: shop\n"
    short = "image: ghcr.io/acme/shop:1.4.2\nport: 8080\nhealth: /healthz\nreplicas: 2\ningress: shop.example.com\n"
    long = (
        "image: {repository: ghcr.io/acme/shop, tag: 1.4.2}\nports: {http: {port: 8080}}\nhealth: "
        "{readiness: /healthz, startup: /healthz, liveness: {path: /healthz, failures: 6}}\n"
        "replicas: {min: 2, max: 2}\ningress: {hosts: [shop.example.com]}\n"
    )
    one, two = (generate(read_spec((head + text).encode(), file="a.yaml")) for text in (short, long))
    assert {path: one.text(path) for path in one.files} == {path: two.text(path) for path in two.files}
