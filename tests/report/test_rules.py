from __future__ import annotations

import json

import pytest

from chartgen.findings import Severity
from chartgen.report.ruleoptions import options_of
from chartgen.report.rules import about, full_page, page, table
from chartgen.rules.base import Profile, Rule
from chartgen.rules.catalogue import ids, rule


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
        "fixable": False,
        "options": [],
        "elsewhere": {},
    }


def test_json_says_what_can_be_fixed_and_set_and_what_others_call_it() -> None:
    host, probe, tag = json.loads(
        table((rule("host-namespace"), rule("missing-readiness-probe"), rule("floating-image-tag")), "json")
    )
    assert (host["fixable"], probe["fixable"]) == (True, False)
    assert host["options"] == [
        {
            "name": "namespaces",
            "type": "list of strings",
            "default": ["hostNetwork", "hostPID", "hostIPC"],
            "about": "the fields that are reported.",
        }
    ]
    scope = next(option for option in probe["options"] if option["name"] == "scope")
    assert (scope["type"], scope["default"]) == ("string", "serving")
    assert "pod" in scope["choices"]
    assert tag["elsewhere"]["checkov"] == ["CKV_K8S_14"]


@pytest.mark.parametrize("rule_id", ids())
def test_every_option_is_listed_with_what_the_page_says_of_it(rule_id: str) -> None:
    for option in options_of(rule(rule_id)):
        assert option.about, f"rule {rule_id}: {option.name}"
        assert not option.choices or option.default in option.choices


def test_a_page_ends_with_what_others_call_the_rule() -> None:
    assert "\n## In other tools\n- kube-linter: `latest-tag`\n" in full_page(rule("floating-image-tag"))
    assert full_page(NoIcon()) == page(NoIcon())


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


def test_a_page_says_when_a_rule_runs() -> None:
    class HouseRule(NoIcon):
        """There is no icon."""

        profile = Profile.OPTIONAL

    class PodRule(NoIcon):
        """There is no icon."""

        pod_security = Profile.PSS_BASELINE

    assert "Severity info, group report. It runs when it is selected, or switched on in a policy file.\n" in page(
        HouseRule()
    )
    assert (
        "Severity info, profile strict, group report.\n"
        "It is a control of the Pod Security Standards, and in the profile pss-baseline.\n" in page(PodRule())
    )


def test_what_reports_say_of_a_rule() -> None:
    known = about("floating-image-tag")
    assert known
    assert known.title == "A container runs an image whose tag can move."
    assert known.why.startswith("A pod that restarts tomorrow may run other code")
    assert known.page == page(rule("floating-image-tag"))
    assert (known.file, known.url) == ("docs/rules/images/floating-image-tag.md", "")
    assert about("a-policy-of-the-user") is None
