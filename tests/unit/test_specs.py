"""The specs of tests/specs: valid ones whose forms mean the same, and wrong ones with every problem they have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chartgen.errors import InvalidInput, Problem
from chartgen.generate.generate import generate
from chartgen.spec.beside import beside
from chartgen.spec.load import read_spec
from chartgen.spec.validate import problems

SPECS = Path(__file__).parent.parent / "specs"
EXAMPLES = SPECS.parent.parent / "examples"
FEATURES = sorted(path.name for path in (SPECS / "valid").iterdir())
INVALID = sorted(path.stem for path in (SPECS / "invalid").glob("*.yaml"))


def described(problem: Problem) -> str:
    """A problem as two lines: place, end, level, code and message; then the help."""
    where = problem.location
    end = "" if where.end_line is None else f"-{where.end_line}:{where.end_column}"
    level = "warning" if problem.warning else "error"
    lines = [f"{where.line}:{where.column}{end}: {level}[{problem.code}]: {problem.message}"]
    if problem.hint:
        lines.append(f"  help: {problem.hint}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("feature", FEATURES)
def test_all_forms_of_a_feature_mean_the_same(feature: str) -> None:
    files = sorted((SPECS / "valid" / feature).glob("*.yaml"))
    assert files, f"tests/specs/valid/{feature} holds no spec; add one"
    assert [problem for file in files for problem in problems(file.read_bytes(), file=file.name)] == []
    apps = [read_spec(file.read_bytes(), file=file.name) for file in files]
    for file, app in zip(files, apps, strict=True):
        assert app == apps[0], f"{file.name} means something else than {files[0].name}"
        assert repr(app) == repr(apps[0]), f"{file.name} has another order than {files[0].name}"


@pytest.mark.parametrize("feature", FEATURES)
def test_all_forms_of_a_feature_make_the_same_chart_byte_for_byte(feature: str) -> None:
    files = sorted((SPECS / "valid" / feature).glob("*.yaml"))
    charts = [generate(read_spec(file.read_bytes(), file=file.name)) for file in files]
    for file, chart in zip(files, charts, strict=True):
        assert chart.files == charts[0].files, f"{file.name} makes another chart than {files[0].name}"


@pytest.mark.parametrize("name", INVALID)
def test_every_problem_of_a_wrong_spec(name: str, snapshot: Any) -> None:
    data = (SPECS / "invalid" / f"{name}.yaml").read_bytes()
    found = problems(data, file="app.yaml")
    assert found
    snapshot.snapshot_dir = SPECS / "invalid"
    snapshot.assert_match("".join(map(described, found)), f"{name}.problems")


@pytest.mark.parametrize("name", INVALID)
def test_problems_are_sorted_and_say_where(name: str) -> None:
    found = problems((SPECS / "invalid" / f"{name}.yaml").read_bytes(), file="app.yaml")
    assert list(found) == sorted(found, key=lambda problem: problem.location.sort_key)
    for problem in found:
        assert problem.location.file == "app.yaml"
        assert problem.location.line is not None, problem
        assert problem.code, problem
        assert not problem.message.endswith(".") or problem.message.endswith(".."), problem
        assert "schema" not in problem.message, problem
        assert "\n" not in problem.message, problem


@pytest.mark.parametrize("name", INVALID)
def test_errors_stop_a_spec_from_being_used_and_warnings_do_not(name: str) -> None:
    data = (SPECS / "invalid" / f"{name}.yaml").read_bytes()
    found = problems(data, file="app.yaml")
    if all(problem.warning for problem in found):
        assert read_spec(data, file="app.yaml").workloads
        return
    with pytest.raises(InvalidInput) as caught:
        read_spec(data, file="app.yaml")
    assert caught.value.problems == found


def test_no_expectation_is_left_over() -> None:
    expected = sorted(path.stem for path in (SPECS / "invalid").glob("*.problems"))
    assert expected == INVALID


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.yaml")))
def test_examples_are_sound_and_tell_editors_their_schema(name: str) -> None:
    data = (EXAMPLES / name).read_bytes()
    assert problems(data, file=name, read=beside(EXAMPLES / name)) == ()
    first = data.decode().splitlines()[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix)
    assert (EXAMPLES / first.removeprefix(prefix)).resolve().name == "app-spec.v1.schema.json"
    assert (EXAMPLES / first.removeprefix(prefix)).is_file()
