"""The charts in charts-output/ under every scenario: what Helm prints, what Helm's lint says, what our own says."""

from __future__ import annotations

from pathlib import Path

import pytest

from chartgen.chart.read import read_chart
from chartgen.engine.api import KUBE_VERSION, Job, Rendered
from chartgen.engine.command import HelmCommand
from chartgen.engine.embedded import Embedded
from chartgen.engine.stream import manifest
from chartgen.lint.run import Settings, lint
from chartgen.policy.model import Policy
from chartgen.rules.base import Profile
from chartgen.yamlread import read
from tests.unit.engine_support import HELM, helm, needs_helm, needs_library

OUTPUT = Path(__file__).resolve().parents[2] / "charts-output"
NAMES = sorted(path.name for path in OUTPUT.iterdir() if path.is_dir())


def values_files(folder: Path) -> list[str]:
    """The files of values beside values.yaml: those of ``ci/`` and of the environments."""
    found = (path for pattern in ("ci/*-values.yaml", "values-*.yaml") for path in sorted(folder.glob(pattern)))
    return [path.relative_to(folder).as_posix() for path in found]


CASES = [(name, file) for name in NAMES for file in ("", *values_files(OUTPUT / name))]


@needs_helm
@needs_library
@pytest.mark.parametrize("engine", ["embedded", "helm"])
@pytest.mark.parametrize(("name", "file"), CASES)
def test_the_manifests_are_those_of_helm_template(name: str, file: str, engine: str) -> None:
    folder = OUTPUT / name
    values = read((folder / file).read_text()).data if file else {}
    with Embedded(jobs=1) if engine == "embedded" else HelmCommand(HELM, jobs=1) as opened:
        (answer,) = opened.render([Job(read_chart(folder), values)])
    theirs = helm(
        "template", "release-name", folder, "--kube-version", f"v{KUBE_VERSION}",
        *(["--values", str(folder / file)] if file else []),
    )  # fmt: skip

    assert isinstance(answer, Rendered)
    assert theirs.returncode == 0, theirs.stderr
    assert manifest(answer, name) == theirs.stdout


@needs_helm
@pytest.mark.parametrize("name", NAMES)
def test_helm_lint_strict_has_nothing_against_them(name: str) -> None:
    ended = helm("lint", "--strict", OUTPUT / name)

    assert ended.returncode == 0, ended.stdout
    assert [
        line for line in ended.stdout.splitlines() if line.startswith("[") and "icon is recommended" not in line
    ] == []


@needs_library
def test_our_strictest_profile_has_nothing_against_them() -> None:
    with Embedded() as opened:
        charts = [read_chart(OUTPUT / name, display=name) for name in NAMES]
        report = lint(charts, engine=opened, settings=Settings(policy=Policy(profile=Profile.STRICT)))

    assert [f"{finding.primary}: {finding.message}" for finding in report.findings] == []
    assert report.scenarios == len(CASES)
