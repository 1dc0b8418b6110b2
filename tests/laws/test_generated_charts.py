"""What holds for every chart we generate, whatever valid spec it came from."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import UnsatisfiedAssumption
from jsonschema import Draft202012Validator

from chartgen import yamlwrite
from chartgen.chart.model import Chart
from chartgen.engine.api import Engine, Failure, Job, Options, Rendered
from chartgen.engine.choose import open_engine
from chartgen.engine.objects import Parsed, parse
from chartgen.errors import InvalidInput
from chartgen.findings import Report
from chartgen.generate.generate import generate
from chartgen.lint.run import Settings, lint
from chartgen.policy.model import Policy
from chartgen.rules.base import Profile
from chartgen.spec.load import read_spec
from chartgen.yamlread import read
from tests import kubernetes
from tests.golden.charts import empty_documents
from tests.laws.strategies import environments, specs
from tests.subcharts import with_subcharts

STEADY = settings().derandomize
"""Whether the same specs are drawn in every run, as everywhere but in the nightly profile."""

EXAMPLES = int(os.environ.get("CHARTGEN_EXAMPLES", "60" if STEADY else settings().max_examples))
"""How many specs each of the four laws draws: a few hundred in all, or thousands each in the nightly profile."""

STRICT = Settings(policy=Policy(profile=Profile.STRICT))

many = settings(
    max_examples=EXAMPLES,
    phases=(Phase.explicit, Phase.generate) if STEADY else tuple(Phase),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with open_engine("auto", jobs=1) as opened:
        yield opened


def chart_of(data: dict[str, Any]) -> Chart:
    """The chart of a drawn spec; a spec that a check beyond the schema refuses is drawn again."""
    spec = yamlwrite.dump(data).encode()
    try:
        return generate(read_spec(spec, file="app.yaml"))
    except InvalidInput as error:
        refused = error
    assert all(problem.location.line for problem in refused.problems), refused.problems
    raise UnsatisfiedAssumption


def scenarios(chart: Chart) -> dict[str, dict[str, Any]]:
    """The values of every scenario of a chart, by the name of its file."""
    files = [path for path in chart.files if path.startswith(("ci/", "values-"))]
    assert files
    return {"default": {}, **{path: read(chart.text(path) or "").data or {} for path in files}}


def rendered(chart: Chart, engine: Engine) -> dict[str, Parsed]:
    """Every scenario of a chart, parsed."""
    cases = scenarios(chart)
    answers = engine.render([Job(with_subcharts(chart), values) for values in cases.values()])
    found = {}
    for name, answer in zip(cases, answers, strict=True):
        assert isinstance(answer, Rendered), (name, answer)
        assert empty_documents(answer.files) == [], name
        found[name] = parse(answer.files, scenario=name)
        assert not found[name].bad, name
        assert not found[name].duplicates, name
        assert found[name].objects, name
    return found


def said(report: Report) -> list[str]:
    return [f"{finding.primary}: {finding.rule}: {finding.message} {finding.scenarios}" for finding in report.findings]


@many
@given(specs)
def test_every_chart_renders_and_is_valid_kubernetes_and_lints_clean(engine: Engine, data: dict[str, Any]) -> None:
    chart = chart_of(data)

    for name, parsed in rendered(chart, engine).items():
        for obj in parsed.objects:
            for version in ("1.30", "1.33", "1.36"):
                assert kubernetes.errors(version, dict(obj.body)) == [], name

    assert said(lint([with_subcharts(chart)], engine=engine, settings=STRICT)) == []


def _pods(parsed: Parsed) -> Iterator[tuple[str, dict[str, Any]]]:
    """The container of each workload, by the workload's name; the name of a Job that runs once ends in a hash."""
    for obj in parsed.objects:
        spec: Any = obj.body.get("spec", {})
        if obj.kind == "CronJob":
            spec = spec["jobTemplate"]["spec"]
        if "template" in spec and "containers" in spec["template"].get("spec", {}):
            hashed = obj.kind == "Job" and "helm.sh/hook" not in obj.annotations
            yield obj.name[:-9] if hashed else obj.name, spec["template"]["spec"]["containers"][0]


def _expected(workload: dict[str, Any], data: dict[str, Any]) -> dict[str, str]:
    """The plain variables of a workload as Kubernetes must hold them: text, whatever scalar the spec has."""
    merged = {**data.get("env", {}), **workload.get("env", {})}
    return {name: _as_text(value) for name, value in merged.items() if not isinstance(value, dict)}


def _as_text(value: Any) -> str:
    return json.dumps(value) if not isinstance(value, str) else value


@many
@given(specs)
def test_text_of_the_spec_arrives_as_that_text(engine: Engine, data: dict[str, Any]) -> None:
    chart = chart_of(data)
    workloads = data.get("workloads") or {"": data}
    app = read_spec(yamlwrite.dump(data).encode(), file="app.yaml")
    told = {variable for need in app.needs for variable in need.env}
    told |= {variable.name for w in app.workloads for variable in w.env if variable.need}

    containers = dict(_pods(rendered(chart, engine)["default"]))

    assert len(containers) == len(workloads)
    release = Options().release
    whole = release if data["name"] in release else f"{release}-{data['name']}"
    for name, workload in workloads.items():
        container = containers[f"{whole}-{name}" if name else whole]
        merged = {**data.get("env", {}), **workload.get("env", {})}
        others = told | {variable for variable, value in merged.items() if isinstance(value, dict)}
        env = {e["name"]: e["value"] for e in container.get("env", []) if "value" in e and e["name"] not in others}
        assert env == _expected(workload, data)
        for key in ("command", "args"):
            assert container.get(key) == ([_as_text(v) for v in workload[key]] if key in workload else None)


@many
@given(specs)
def test_the_schema_takes_every_scenario_and_generation_is_a_function(data: dict[str, Any]) -> None:
    chart = chart_of(data)

    schema = json.loads(chart.text("values.schema.json") or "")
    Draft202012Validator.check_schema(schema)
    values = read(chart.text("values.yaml") or "").data
    validator = Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(values)] == []
    assert not validator.is_valid({**values, "replicaCuont": 2})
    assert chart_of(data).files == chart.files


@many
@given(environments)
def test_every_environment_is_the_same_chart_with_other_values(engine: Engine, data: dict[str, Any]) -> None:
    """With an environment's values Helm makes what the chart of that environment alone would be."""
    shared = chart_of(data)
    for name, part in data["environments"].items():
        changed = read_spec(yamlwrite.dump(data).encode(), file="app.yaml").environments[name]
        own = generate(changed)
        for path, text in shared.files.items():
            if path.startswith("templates/"):
                assert own.files.get(path) == text, (path, part)
        values = read(shared.text(f"values-{name}.yaml") or "").data or {}
        there, alone = engine.render(
            [
                Job(with_subcharts(shared), values),
                Job(with_subcharts(own), {"image": {"tag": changed.image.tag}}),
            ]
        )
        assert _objects(there) == _objects(alone), part


def _objects(answer: Rendered | Failure) -> list[str]:
    """What was rendered, without the label of the application's version, which is that of the chart."""
    assert isinstance(answer, Rendered), answer
    texts = (json.dumps(obj.body, sort_keys=True) for obj in parse(answer.files).objects)
    return [re.sub(r'"app.kubernetes.io/version": "[^"]*"', "", text) for text in texts]


@pytest.mark.parametrize("version", kubernetes.VERSIONS)
def test_the_objects_we_write_exist_in_every_supported_version(version: str) -> None:
    for api_version, kind in [
        ("apps/v1", "Deployment"),
        ("apps/v1", "StatefulSet"),
        ("apps/v1", "DaemonSet"),
        ("batch/v1", "CronJob"),
        ("batch/v1", "Job"),
        ("v1", "Service"),
        ("v1", "ServiceAccount"),
        ("v1", "ConfigMap"),
        ("v1", "Pod"),
        ("autoscaling/v2", "HorizontalPodAutoscaler"),
        ("policy/v1", "PodDisruptionBudget"),
        ("networking.k8s.io/v1", "Ingress"),
        ("networking.k8s.io/v1", "NetworkPolicy"),
    ]:
        assert kubernetes.is_known(version, api_version, kind)
