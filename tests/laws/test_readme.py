"""README and CONTRIBUTING say what is so."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from chartgen.dev import readme, specpage

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def part(what: str) -> str:
    match = re.search(rf"<!-- generated: {re.escape(what)} -->\n(.*?)<!-- end -->", README, re.DOTALL)
    assert match, f"README has no part {what!r}"
    return match[1]


def test_the_tables_are_those_of_the_schema_and_the_rules() -> None:
    assert part("spec-keys") == specpage.spec_keys(specpage.schema_of(ROOT)), "run python -m chartgen.dev regen"
    assert part("rules") == readme.rule_table(), "run python -m chartgen.dev regen"


def test_every_generated_part_is_filled() -> None:
    empty = re.findall(r"<!-- generated: (.*?) -->\n<!-- end -->", README)
    assert empty == [], "run python -m chartgen.dev regen"


def test_the_tests_are_run_by_ci_as_the_readme_runs_them() -> None:
    command = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest -n 2"
    assert f"\n$ {command}\n" in README
    taken = re.search(r'^tests="\$\((.*)\)"$', (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)
    assert taken, ".ci/run no longer takes the command from README"
    found = subprocess.run(["bash", "-c", taken[1]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == f"{command}\n"


def test_every_dependency_is_explained_in_a_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in project["dependencies"]:
        name = re.match(r"[A-Za-z0-9.-]+", requirement)
        assert name
        assert f"\n| {name[0]}" in CONTRIBUTING, f"explain {name[0]} in CONTRIBUTING.md"
    for requirement in project["optional-dependencies"]["dev"]:
        name = re.match(r"[A-Za-z0-9-]+", requirement)
        assert name
        assert name[0].removeprefix("types-") in CONTRIBUTING, f"explain {name[0]} in CONTRIBUTING.md"


def test_every_part_of_the_house_is_drawn() -> None:
    for path in sorted((ROOT / "chartgen").iterdir()):
        if path.name not in ("__init__.py", "py.typed", "__pycache__", "_data"):
            name = f"{path.name}/" if path.is_dir() else path.name
            assert name in CONTRIBUTING, f"draw chartgen/{name} in CONTRIBUTING.md"


def test_the_python_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(compile(example, "README.md", "exec"), {})


def test_links_lead_somewhere() -> None:
    for text in (README, CONTRIBUTING):
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / target).exists(), target
