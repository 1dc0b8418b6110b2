"""The fixes that rules offer put their own Bad examples right, and change nothing else.

The proof is that of ``lint.fix``: the finding is gone, none is new, no object differs beyond what the fix wants. A fix
that cannot be made in an example of its own rule's page is either wrong or has no example.
"""

import pytest

from chartgen.engine.embedded import Embedded
from chartgen.lint.fix import Fixed, fix
from chartgen.lint.run import Settings
from chartgen.policy.model import Policy
from chartgen.policy.options import read_options
from chartgen.report.rules import is_fixable
from chartgen.rules import catalogue
from chartgen.rules.base import Rule
from chartgen.yamlread import read
from tests.rules.harness import Verdict, Verdicts, allowed

CANNOT_BE_FIXED: dict[str, str] = {}
"""Examples (rule and title) whose fix cannot be made, with the reason that is given."""

SELDOM = {
    "deprecated-api": "its example needs more than another apiVersion",
    "missing-required-annotation": "only a fixed value can be written",
    "missing-required-label": "only a fixed value can be written",
}
"""Rules whose examples cannot be fixed, though others can."""

LEAST = 75
"""Rules with a fix, as promised."""


def fixed(rule: Rule, verdict: Verdict, engine: Embedded) -> Fixed:
    """An example after all that its rule can do about it."""
    text = dict(verdict.example.files).get(".chartgen.yaml", "")
    given = (read(text).data or {}).get("rules", {}).get(rule.id, {})
    options = {rule.id: read_options(rule, given)} if given else {}
    policy = Policy(select=(rule.id, *allowed((verdict.example,))), options=options)
    return fix(verdict.example.chart(), engine=engine, settings=Settings(policy=policy), unsafe=True)


@pytest.mark.parametrize("rule_id", catalogue.ids())
def test_fixes_cure_the_examples(rule_id: str, verdicts: Verdicts, engine: Embedded) -> None:
    for verdict in verdicts(rule_id):
        if not any(finding.fix for finding in verdict.findings):
            continue
        result = fixed(catalogue.rule(rule_id), verdict, engine)
        title = f"rule {rule_id}, example {verdict.example.title!r}"
        reasons = {dropped.reason for dropped in result.dropped if dropped.finding.rule == rule_id}
        known = CANNOT_BE_FIXED.get(f"{rule_id}: {verdict.example.title}")
        assert reasons == ({known} if known else set()), f"{title}: the fix is not made"
        left = [finding.message for finding in result.report.findings if finding.rule == rule_id and finding.fix]
        assert bool(left) == bool(known), f"{title}: what has a fix is still found"


def test_there_are_as_many_rules_with_a_fix_as_promised(verdicts: Verdicts) -> None:
    found = [
        rule_id
        for rule_id in catalogue.ids()
        if any(finding.fix for verdict in verdicts(rule_id) for finding in verdict.findings)
    ]
    assert len(found) >= LEAST, f"only {len(found)} rules offer a fix in an example of their page: {', '.join(found)}"


def test_the_list_of_rules_says_which_have_a_fix(verdicts: Verdicts) -> None:
    for rule_id in catalogue.ids():
        shown = any(finding.fix for verdict in verdicts(rule_id) for finding in verdict.findings)
        told = is_fixable(catalogue.rule(rule_id))
        assert told == (shown or rule_id in SELDOM), f"rule {rule_id}: an example shows its fix, or SELDOM says why not"


def test_a_description_is_an_imperative_line(verdicts: Verdicts) -> None:
    for rule_id in catalogue.ids():
        for verdict in verdicts(rule_id):
            for finding in verdict.findings:
                if finding.fix:
                    said = finding.fix.description
                    assert said[:1].islower(), (rule_id, said)
                    assert said[-1] not in ".!", (rule_id, said)
                    assert "\n" not in said, (rule_id, said)
