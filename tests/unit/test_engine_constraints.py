"""What Helm's command refuses and its library does not, in Helm's words."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure, Job
from chartgen.engine.embedded import Embedded

from .engine_support import CHART_YAML, chart, failed, helm, needs_helm, needs_library, rendered, write

pytestmark = needs_library

NEEDS = "dependencies:\n- {name: db, version: 1.0.0, repository: ''}\n- {name: cache, version: 1.0.0, repository: ''}\n"
LACKS = (
    "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch "
    "missing dependencies: found in Chart.yaml, but missing in charts/ directory: "
)


def packed(name: str) -> bytes:
    """A chart archive."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        content = f"apiVersion: v2\nname: {name}\nversion: 1.0.0\n".encode()
        member = tarfile.TarInfo("folder/Chart.yaml")
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    return gzip.compress(buffer.getvalue(), mtime=0)


SUBCHART = "apiVersion: v2\nname: {}\nversion: 1.0.0\n"

REFUSED: dict[str, tuple[Chart, str]] = {
    "library": (chart("a: 1", chart_yaml=CHART_YAML + "type: library\n"), "library charts are not installable"),
    "api-v3": (chart("a: 1", chart_yaml=CHART_YAML.replace("v2", "v3")), "invalid chart apiVersion"),
    "api-v9": (chart("a: 1", chart_yaml=CHART_YAML.replace("v2", "v9")), "unsupported chart version"),
    "kube-too-new": (
        chart("a: 1", chart_yaml=CHART_YAML + "kubeVersion: '>= 1.99.0-0'\n"),
        "chart requires kubeVersion: >= 1.99.0-0 which is incompatible with Kubernetes v1.36.0",
    ),
    "kube-no-range": (
        chart("a: 1", chart_yaml=CHART_YAML + "kubeVersion: new\n"),
        "chart requires kubeVersion: new which is incompatible with Kubernetes v1.36.0",
    ),
    "dependencies": (chart("a: 1", chart_yaml=CHART_YAML + NEEDS), LACKS + "db, cache"),
    "one-is-there": (
        chart("a: 1", chart_yaml=CHART_YAML + NEEDS, **{"charts/any/Chart.yaml": SUBCHART.format("db")}),
        LACKS + "cache",
    ),
    "hidden-is-not-there": (
        chart("a: 1", chart_yaml=CHART_YAML + NEEDS, **{"charts/_db/Chart.yaml": SUBCHART.format("db")}),
        LACKS + "db, cache",
    ),
    "requirements": (
        chart("a: 1", chart_yaml=CHART_YAML.replace("v2", "v1"), **{"requirements.yaml": NEEDS}),
        LACKS + "db, cache",
    ),
}


@pytest.mark.parametrize(("given", "message"), REFUSED.values(), ids=REFUSED)
def test_refused_in_helm_s_words(given: Chart, message: str) -> None:
    with Embedded(jobs=1) as engine:
        (answer,) = engine.render([Job(given)])
    assert answer == Failure("constraint", message, "Chart.yaml")


@needs_helm
@pytest.mark.parametrize(("given", "message"), REFUSED.values(), ids=REFUSED)
def test_helm_says_the_same(given: Chart, message: str, tmp_path: Path) -> None:
    ended = helm("template", write(given, tmp_path / "c"), "--kube-version", "v1.36.0")
    assert ended.returncode == 1
    assert ended.stderr.split("\n\n")[0].rstrip() == f"Error: {message}"


@pytest.mark.parametrize(
    "kube_version", [">=1.25.0-0", "^1.20.0", "1.x", "1.30 - 1.40", ">=1.20 <1.30 || >=1.35", "*", ">= 1.19.0"]
)
def test_a_kubernetes_version_in_range(kube_version: str) -> None:
    with Embedded(jobs=1) as engine:
        (answer,) = engine.render([Job(chart("a: 1", chart_yaml=f"{CHART_YAML}kubeVersion: '{kube_version}'\n"))])
    assert rendered(answer).objections == ()


def test_dependencies_that_are_there_unpacked_and_packed() -> None:
    given = chart(
        "a: 1",
        chart_yaml=CHART_YAML + NEEDS,
        **{"charts/any/Chart.yaml": SUBCHART.format("db"), "charts/cache-1.0.0.tgz": packed("cache")},
    )
    with Embedded(jobs=1) as engine:
        (answer,) = engine.render([Job(given)])
    assert rendered(answer).objections == ()


CONDITIONAL = (
    CHART_YAML + "dependencies: [{name: db, version: 1.0.0, repository: '', condition: 'x.z,db.live', tags: [back]}]\n"
)


@pytest.mark.parametrize(
    ("defaults", "values", "set_values", "renders"),
    [
        ("db: {live: false}", {}, (), True),
        ("db: {live: true}", {}, (), False),
        ("db: {live: true}", {"db": {"live": False}}, (), True),
        ("db: {live: false}", {}, ("db.live=true",), False),
        ("db: {live: true}\nx: {z: false}", {}, (), True),
        ("db: {live: 'no'}", {}, (), False),
        ("", {}, (), False),
        ("tags: {back: false}", {}, (), True),
        ("tags: {back: false}\ndb: {live: true}", {}, (), False),
        ("tags: {back: true}\ndb: {live: false}", {}, (), True),
    ],
)
def test_a_missing_dependency_that_is_switched_off_is_only_an_objection(
    defaults: str, values: dict[str, object], set_values: tuple[str, ...], renders: bool
) -> None:
    given = chart("a: 1", chart_yaml=CONDITIONAL, **{"values.yaml": defaults + "\n"})
    with Embedded(jobs=1) as engine:
        (answer,) = engine.render([Job(given, values, set_values)])
    complaint = Failure("constraint", LACKS + "db", "Chart.yaml")
    if renders:
        assert rendered(answer).objections == (complaint,)
    else:
        assert failed(answer) == complaint
