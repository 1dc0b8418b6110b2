import pytest

from chartgen.lint.suppress import Allowance, allowances


def found(text: str) -> list[tuple[str, str, int, int]]:
    """Rule, reason, and the lines of the comment and of what it covers."""
    return [(one.rule, one.reason, one.line, one.covers) for one in allowances("templates/a.yaml", text)]


def test_a_comment_on_the_line_itself() -> None:
    assert found("a: 1\nimage: x # chartgen: allow floating-image-tag - a test image\n") == [
        ("floating-image-tag", "a test image", 2, 2)
    ]


def test_a_comment_alone_covers_the_next_line() -> None:
    assert found("# chartgen: allow floating-image-tag - a test image\nimage: x\n") == [
        ("floating-image-tag", "a test image", 1, 2)
    ]


def test_comments_may_be_stacked() -> None:
    text = "# chartgen: allow a-b - one\n{{- /* chartgen: allow c-d - two */}}\nimage: x\n"
    assert found(text) == [("a-b", "one", 1, 3), ("c-d", "two", 2, 3)]


@pytest.mark.parametrize(
    "comment",
    [
        "{{/* chartgen: allow a-b - why */}}",
        "{{- /* chartgen: allow a-b - why */ -}}",
        "{{- /*chartgen:allow a-b - why*/}}",
        "# chartgen: allow a-b -- why",
        "# chartgen: allow a-b: why",
        "# chartgen: allow a-b \N{EM DASH} why",
        "# chartgen: allow a-b why",
    ],
)
def test_ways_to_write_it(comment: str) -> None:
    assert found(f"{comment}\nx: 1\n") == [("a-b", "why", 1, 2)]


def test_several_rules_share_a_reason() -> None:
    assert found("x: 1 # chartgen: allow a-b, c-d - why, then\n") == [
        ("a-b", "why, then", 1, 1),
        ("c-d", "why, then", 1, 1),
    ]


def test_a_reason_may_hold_dashes_and_colons() -> None:
    assert found("x: 1 # chartgen: allow a-b - see ADR-7: sidecars\n") == [("a-b", "see ADR-7: sidecars", 1, 1)]


@pytest.mark.parametrize(
    "comment", ["# chartgen: allow a-b", "# chartgen: allow a-b -", "{{/* chartgen: allow a-b */}}"]
)
def test_no_reason_is_an_empty_reason(comment: str) -> None:
    assert [reason for _, reason, *_ in found(f"{comment}\nx: 1\n")] == [""]


def test_no_rule_is_an_empty_rule() -> None:
    assert found("x: 1 # chartgen: allow\n") == [("", "", 1, 1)]


def test_the_place_of_the_comment() -> None:
    assert allowances("values.yaml", "tag: x  # chartgen: allow a-b - why\n") == (
        Allowance("a-b", "why", "values.yaml", 1, 9, 1),
    )


@pytest.mark.parametrize(
    "text", ["x: 'chartgen: allow a-b - why'\n", "# allow a-b - why\n", "# chartgen: allowed\n", ""]
)
def test_other_text_allows_nothing(text: str) -> None:
    assert found(text) == []


def test_a_comment_at_the_end_covers_nothing_but_itself() -> None:
    assert found("x: 1\n# chartgen: allow a-b - why") == [("a-b", "why", 2, 2)]
