from __future__ import annotations

import json

from chartgen.findings import Severity
from chartgen.report.rules import page, table
from chartgen.rules.base import Profile, Rule


class FloatingTag(Rule):
    """A container runs an image
    whose tag can move.

    ## Why
    It may run other code tomorrow.

    ## Bad
    ```yaml
    image: web:latest # here
    ```
    """

    id = "floating-tag"
    severity = Severity.ERROR
    profile = Profile.BASELINE


class NoIcon(Rule):
    """There is no icon."""

    id = "no-icon"
    severity = Severity.INFO
    profile = Profile.STRICT


RULES = (FloatingTag(), NoIcon())


def test_rules_are_listed_by_group_in_columns() -> None:
    assert table(RULES, "text") == (
        "report\n"
        "  floating-tag  error    baseline     A container runs an image whose tag can move.\n"
        "  no-icon       info     strict       There is no icon.\n"
    )


def test_colour_marks_group_and_severity() -> None:
    assert table(RULES, "text", color=True).startswith(
        "\x1b[1mreport\x1b[0m\n  floating-tag  \x1b[1;31merror  \x1b[0m  "
    )


def test_one_id_a_line_for_scripts() -> None:
    assert table(RULES, "concise") == "floating-tag\nno-icon\n"
    assert table((), "text") == ""


def test_rules_as_json() -> None:
    assert json.loads(table(RULES, "json"))[1] == {
        "id": "no-icon",
        "group": "report",
        "severity": "info",
        "profile": "strict",
        "title": "There is no icon.",
    }


def test_a_rule_s_page_is_its_docstring_without_the_marks_of_the_tests() -> None:
    assert (
        page(FloatingTag())
        == """\
# floating-tag

A container runs an image
whose tag can move.

Severity error, profile baseline, group report.

## Why
It may run other code tomorrow.

## Bad
```yaml
image: web:latest
```

## Allow
Write `# chartgen: allow floating-tag - REASON` at the end of the line or above it,
or give the object the annotation `chartgen.dev/allow.floating-tag: REASON`.
"""
    )
