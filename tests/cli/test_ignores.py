"""When an entry of a policy file's ``ignores`` is called unused: only when nothing can need it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runner import run
from tests.unit.test_since import git, write_chart

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: nginx:1.2.3}]}\n"
IGNORES = """\
ignores:
  - rule: floating-image-tag
    reason: the mirror pins it
"""
UNUSED = "'floating-image-tag' is allowed, but nothing of the kind is found here [unused-suppression]"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    git(tmp_path, "init", "-q", "-b", "main", ".")
    (tmp_path / ".chartgen.yaml").write_text(IGNORES)
    for name, pod in (("api", POD.replace(":1.2.3", "")), ("web", POD)):
        write_chart(tmp_path / "charts" / name)
        (tmp_path / "charts" / name / "templates" / "x.yaml").write_text(pod)
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "charts")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def complaints(*arguments: str) -> list[str]:
    lines = run(["lint", *arguments, "--format", "concise"]).stdout.splitlines()
    return [line for line in lines if ".chartgen.yaml" in line]


@pytest.mark.parametrize(
    ("folder", "arguments"),
    [
        ("charts/web", ["."]),
        ("charts/web", []),
        ("charts", ["web"]),
        (".", ["charts/web"]),
        (".", [".", "--shard", "2/2"]),
        (".", [".", "--since", "HEAD"]),
    ],
)
def test_a_chart_that_is_not_linted_may_need_it(
    folder: str, arguments: list[str], repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "charts" / "web" / "values.yaml").write_text("b: 1\n")
    monkeypatch.chdir(repository / folder)
    assert complaints(*arguments) == []


@pytest.mark.parametrize(("folder", "path"), [(".", "."), ("charts/web", "../..")])
def test_no_chart_needs_it(folder: str, path: str, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "charts" / "api" / "templates" / "x.yaml").write_text(POD)
    monkeypatch.chdir(repository / folder)
    (line,) = complaints(path)
    assert line.endswith(UNUSED)


def test_a_path_that_leads_to_no_chart(repository: Path) -> None:
    (repository / ".chartgen.yaml").write_text(IGNORES + "    path: charts/apis/**\n")
    (line,) = complaints(".")
    assert line.endswith(UNUSED)
    assert complaints("charts/web") == []
