"""Runs the examples on the rules' pages through the real lint.

All examples of a rule are charts of one run, with only that rule selected, and any that an example allows.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from chartgen.engine.api import Engine
from chartgen.findings import Finding, Report
from chartgen.lint.run import Settings, lint
from chartgen.policy.load import load_config
from chartgen.policy.model import Policy
from chartgen.rules import catalogue
from chartgen.rules.base import Rule
from chartgen.rules.examples import Example, page


@dataclass(frozen=True)
class Verdict:
    """One example and what its rule found in it."""

    example: Example
    findings: tuple[Finding, ...]

    @property
    def places(self) -> frozenset[tuple[str, int | None]]:
        """Where the rule points: a file of the chart and a line, which may be unknown."""
        found = (finding.primary for finding in self.findings)
        return frozenset(((where.file or "").partition("/")[2], where.line) for where in found)

    @property
    def told(self) -> str:
        """The findings for the eye, in the message of a failing test."""
        return "".join(f"\n  {finding.primary}: {finding.message}" for finding in self.findings)


Verdicts = Callable[[str], list[Verdict]]


def judge(rule: Rule, engine: Engine) -> list[Verdict]:
    """Lint every example of a rule; each with its own findings."""
    examples = page(rule).examples
    charts = [example.chart()._replace(origin=f"example-{n}") for n, example in enumerate(examples)]
    verdicts = {}
    for text, numbers in _by_policy(examples).items():
        config = load_config(text, file=".chartgen.yaml")
        policy = Policy(
            select=(rule.id, *allowed(examples)),
            options=config.options,
            required=config.required,
            ignores=config.ignores,
            file=config.file,
            today="2026-11-26",
            is_whole=True,
        )
        report = lint([charts[n] for n in numbers], engine=engine, settings=Settings(policy=policy))
        assert not report.crashed, [finding.message for finding in report.findings]
        verdicts |= {n: Verdict(examples[n], _of(report, rule, f"example-{n}")) for n in numbers}
    return [verdicts[n] for n in range(len(examples))]


def _by_policy(examples: tuple[Example, ...]) -> dict[str, list[int]]:
    """The examples' numbers by the ``.chartgen.yaml`` they show, ``""`` where there is none."""
    found: dict[str, list[int]] = {}
    for number, example in enumerate(examples):
        found.setdefault(dict(example.files).get(".chartgen.yaml", ""), []).append(number)
    return found


def allowed(examples: tuple[Example, ...]) -> set[str]:
    """The rules that examples allow: whether something is allowed in vain shows only when they run."""
    texts = [text for example in examples for _, text in example.files]
    return {rule_id for text in texts for rule_id in re.findall(r"allow[. ]([a-z-]+)", text)} & set(catalogue.ids())


def _of(report: Report, rule: Rule, origin: str) -> tuple[Finding, ...]:
    return tuple(f for f in report.findings if f.rule == rule.id and (f.primary.file or "").startswith(f"{origin}/"))
