import pytest

from chartgen.fielddata import laid_over
from chartgen.lint.scenarios import GivenScenario, GivenValues, scenarios
from tests.unit.lint_support import chart


def names(files: dict[str, str], **given: object) -> list[str]:
    return [scenario.name for scenario in scenarios(chart(files), **given)]  # type: ignore[arg-type]


def test_a_chart_has_at_least_its_defaults() -> None:
    assert names({}) == ["default"]


def test_ci_files_and_environments_are_scenarios_in_order() -> None:
    files = {"values-prod.yaml": "a: 1\n", "ci/b-values.yaml": "{}\n", "ci/a-values.yaml": "{}\n"}
    assert names(files) == ["default", "ci/a-values.yaml", "ci/b-values.yaml", "values-prod.yaml"]


@pytest.mark.parametrize(
    "path",
    [
        "ci/values.txt",
        "ci/notes.yaml",
        "ci/deeper/a-values.yaml",
        "values.yaml",
        "templates/values-a.yaml",
        "values-a.md",
    ],
)
def test_other_files_are_none(path: str) -> None:
    assert names({path: "{}\n"}) == ["default"]


def test_what_the_user_gives_is_one_scenario_more() -> None:
    given = (GivenValues("one.yaml", {"a": {"b": 1, "c": 1}}), GivenValues("two.yaml", {"a": {"c": 2}}))
    *_, last = scenarios(chart({}), given=(GivenScenario.of(given, ("d=3",)),))
    assert (last.name, last.values, last.set_values) == ("one.yaml two.yaml --set", {"a": {"b": 1, "c": 2}}, ("d=3",))


def test_an_empty_file_is_the_defaults_again() -> None:
    _, empty = scenarios(chart({"ci/empty-values.yaml": "# nothing\n"}))
    assert (empty.values, empty.error) == ({}, None)


@pytest.mark.parametrize(
    ("text", "message"), [("a: [", "did not find expected node content"), ("- a\n", "the values must be a mapping")]
)
def test_a_file_that_is_no_values_says_why(text: str, message: str) -> None:
    _, broken = scenarios(chart({"ci/bad-values.yaml": text}))
    assert broken.error is not None
    assert message in broken.error.message


def test_merging_replaces_everything_but_maps() -> None:
    below = {"map": {"a": 1, "b": {"c": 1}}, "list": [1, 2], "gone": {"x": 1}}
    above = {"map": {"b": {"d": 2}}, "list": [3], "gone": None}
    assert laid_over(below, above) == {"map": {"a": 1, "b": {"c": 1, "d": 2}}, "list": [3], "gone": None}
