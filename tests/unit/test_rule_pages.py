"""How a rule's docstring becomes charts."""

import pytest

from chartgen.rules.base import Rule
from chartgen.rules.examples import Example, page


class TwoFiles(Rule):
    """A thing is wrong.

    ## Why
    Because.

    ## Bad
    ```yaml
    kind: Pod
    image: {{ .Values.image }} # here
    ```
    ```yaml
    # values.yaml
    image: web # here
    ```

    ## Good: a heading may say more
    ```yaml
    # templates/pod.yaml
    kind: Pod
    # here and there
    ```
    ```yaml
    # Chart.yaml
    name: other
    ```
    """


class TwiceTheSame(Rule):
    """A thing is wrong.

    ## Bad
    ```yaml
    a: 1
    ```
    ```yaml
    a: 2
    ```
    """


class NoBlock(Rule):
    """A thing is wrong.

    ## Good
    Nothing to see.
    """


def test_page_has_its_parts() -> None:
    shown = page(TwoFiles)
    assert shown.summary == "A thing is wrong."
    assert shown.section("Why") == "Because."
    assert shown.section("Nothing") == ""
    assert [(example.title, example.is_bad) for example in shown.examples] == [
        ("Bad", True),
        ("Good: a heading may say more", False),
    ]


def test_marks_are_lines_and_do_not_reach_the_chart() -> None:
    bad, good = page(TwoFiles).examples
    assert bad.expected == {("templates/example.yaml", 2), ("values.yaml", 1)}
    assert bad.chart().text("templates/example.yaml") == "kind: Pod\nimage: {{ .Values.image }}\n"
    assert bad.chart().text("values.yaml") == "image: web\n"
    assert good.expected == frozenset()


def test_what_an_example_does_not_give_is_added() -> None:
    bad, good = page(TwoFiles).examples
    assert bad.chart().metadata["apiVersion"] == "v2"
    assert good.chart().metadata == {"name": "other"}
    assert sorted(good.chart().files) == ["Chart.yaml", "templates/pod.yaml", "values.yaml"]
    nothing = Example("Good", False, (("values.yaml", "a: 1\n"),))
    assert nothing.chart().templates == ("templates/example.yaml",)


def test_broken_metadata_is_none() -> None:
    assert Example("Bad", True, (("Chart.yaml", "a: [\n"),)).chart().metadata == {}


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (TwiceTheSame, "the example 'Bad' gives templates/example.yaml twice; name the second file in its first line"),
        (NoBlock, "the example 'Good' has no fenced block"),
    ],
)
def test_what_is_forgotten_is_said(rule: type[Rule], message: str) -> None:
    with pytest.raises(ValueError, match="example") as raised:
        page(rule)
    assert str(raised.value) == message
