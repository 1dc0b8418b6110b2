"""Every rule keeps the house rules; a failure says in a sentence what was forgotten."""

import re

import pytest

from chartgen.findings import Severity
from chartgen.rules import catalogue
from chartgen.rules.base import Profile
from chartgen.rules.examples import page
from tests.rules.harness import Verdicts

GROUPS = {"chart", "values", "schema", "security", "availability", "resources", "network", "references", "images"}
GROUPS |= {"monitoring", "rbac", "secrets", "release", "templates", "jobs", "labels", "storage", "organization"}

HELMS_OWN_WORDS = {"template-fails", "chart-does-not-load", "helm-lint", "values-rejected"}
"""Rules that report what Helm said, for which nobody knows a cure in advance."""

each_rule = pytest.mark.parametrize("rule_id", catalogue.ids())


@each_rule
def test_rule_says_what_it_is(rule_id: str) -> None:
    rule = catalogue.rule(rule_id)
    assert re.fullmatch(r"[a-z][a-z-]{3,50}", rule_id), f"rule {rule_id}: an id is lower-case words and dashes"
    assert isinstance(rule.severity, Severity), f"rule {rule_id} has no severity"
    assert isinstance(rule.profile, Profile), f"rule {rule_id} has no profile"


@each_rule
def test_page_is_complete(rule_id: str) -> None:
    shown = page(catalogue.rule(rule_id))
    assert shown.summary.endswith("."), f"rule {rule_id}: the first line of the docstring is a sentence"
    assert 20 <= len(shown.summary) <= 110, f"rule {rule_id}: the first line of the docstring is too short or too long"
    assert not re.match(r"(this|the) rule|checks?\b", shown.summary, re.I), f"rule {rule_id}: name the fault first"
    assert 60 <= len(shown.section("Why")) <= 1200, f"rule {rule_id}: '## Why' takes one to six sentences"
    for kind, is_bad in (("Bad", True), ("Good", False)):
        examples = [example for example in shown.examples if example.is_bad is is_bad]
        assert examples or rule_id == "rule-crashed", f"rule {rule_id} has no {kind} example; add one"
    marked = [example.title for example in shown.examples if not example.is_bad and example.expected]
    assert not marked, f"rule {rule_id}: nothing is '# here' in {marked[0]!r}"
    assert shown.sections[0][0] == "Why", f"rule {rule_id}: the page begins with '## Why'"


@each_rule
def test_options_are_explained(rule_id: str) -> None:
    rule = catalogue.rule(rule_id)
    shown = page(rule).section("Options")
    fields = getattr(rule.options, "_fields", ())
    assert bool(shown) == bool(fields), f"rule {rule_id}: '## Options' explains options, where there are some"
    for field in fields:
        wanted = f"- `{field.replace('_', '-')}` (default "
        assert wanted in shown, f"rule {rule_id}: '## Options' has no line that begins with {wanted!r}"


@each_rule
def test_messages_read_like_the_others(rule_id: str, verdicts: Verdicts) -> None:
    for verdict in verdicts(rule_id):
        for finding in verdict.findings:
            message = finding.message.removeprefix(f"{finding.subject}: ")
            assert finding.subject, f"rule {rule_id}: a finding starts with the object or file: {finding.message}"
            assert finding.message.startswith(f"{finding.subject}: "), f"rule {rule_id}: {finding.message}"
            assert not message.endswith("."), f"rule {rule_id}: no full stop: {finding.message}"
            assert not re.match(r"(?!Helm |Kubernetes )[A-Z][a-z]+ [a-z]", message), (
                f"rule {rule_id}: starts small: {message}"
            )
            assert "\n" not in message, f"rule {rule_id}: one line: {finding.message!r}"
            assert finding.help or rule_id in HELMS_OWN_WORDS, f"rule {rule_id}: the cure goes into help"
            assert not finding.help.endswith("."), f"rule {rule_id}: no full stop: {finding.help}"
            assert not finding.help[:2].istitle(), f"rule {rule_id}: starts small: {finding.help}"


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_group_has_rules(group: str) -> None:
    rules = [rule_id for rule_id, module in catalogue.ids().items() if module.split(".")[-2] == group]
    assert len(rules) >= 2, f"group {group} has {len(rules)} rules"


def test_no_group_is_forgotten() -> None:
    assert {module.split(".")[-2] for module in catalogue.ids().values()} <= GROUPS


def test_profiles_contain_each_other() -> None:
    assert Profile.STRICT.includes(Profile.BASELINE)
    assert Profile.RECOMMENDED.includes(Profile.RECOMMENDED)
    assert not Profile.BASELINE.includes(Profile.RECOMMENDED)
