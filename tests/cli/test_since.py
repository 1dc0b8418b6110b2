"""``lint --since`` from the command line; what it finds is tried in ``unit/test_since.py``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runner import run
from tests.unit.test_since import git, write_chart

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: nginx}]}\n"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    git(tmp_path, "init", "-q", "-b", "main", ".")
    for name in ("one", "two"):
        write_chart(tmp_path / "charts" / name)
        (tmp_path / "charts" / name / "templates" / "x.yaml").write_text(POD)
    (tmp_path / "pod.yaml").write_text(POD)
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "charts")
    monkeypatch.chdir(tmp_path / "charts")
    return tmp_path


def test_only_what_has_changed_is_linted(repository: Path) -> None:
    (repository / "charts" / "two" / "values.yaml").write_text("b: 1\n")
    got = run(["lint", "--since", "main", "--select", "floating-image-tag", "--format", "concise", "-v"])
    assert got.stdout.startswith("two/templates/x.yaml:4:")
    assert got.stderr == (
        "1 of 2 have changed since main\nlinted two\n1 finding (1 error) in 1 chart, 1 scenario, 1 object\n"
    )
    assert got.exit == 1


def test_nothing_has_changed(repository: Path) -> None:
    got = run(["lint", "--since", "HEAD"])
    assert (got.stdout, got.stderr, got.exit) == ("", "no charts changed since HEAD\n", 0)
    report = json.loads(run(["lint", "--since", "HEAD", "--format", "json", "..", "../pod.yaml"]).stdout)
    assert (report["charts"], report["files"], report["findings"]) == ([], [], [])


def test_manifests_take_part(repository: Path) -> None:
    (repository / "pod.yaml").write_text(POD + "# edited\n")
    got = run(["lint", "--since", "main", "..", "../pod.yaml", "--format", "json", "--exit-zero"])
    report = json.loads(got.stdout)
    assert (report["charts"], report["files"]) == ([], ["../pod.yaml"])


def test_standard_input_has_no_history(repository: Path) -> None:
    got = run(["lint", "--since", "main", "-", "--select", "floating-image-tag", "--format", "concise"], stdin=POD)
    assert got.stdout.startswith("stdin:4:")


def test_values_that_are_given_and_have_changed_concern_all(repository: Path) -> None:
    (repository / "prod.yaml").write_text("c: 1\n")
    got = run(["lint", "--since", "main", "-f", "../prod.yaml", "--format", "json", "--exit-zero"])
    assert json.loads(got.stdout)["charts"] == ["one", "two"]


@pytest.mark.parametrize("ref", ["nope", "", "-x"])
def test_no_such_commit(ref: str) -> None:
    got = run(["lint", f"--since={ref}"])
    assert got.exit == 2
    assert got.stdout == ""
    assert got.stderr.startswith("error: --since names no commit" if not ref else f"error: there is no commit '{ref}'")
