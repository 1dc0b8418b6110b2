"""The rules as a list and a rule as a page."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from chartgen.findings import Severity
from chartgen.policy.compat import names_elsewhere
from chartgen.report.docstrings import docstring, title, why
from chartgen.report.ruleoptions import options_of
from chartgen.report.style import paint
from chartgen.rules import catalogue
from chartgen.rules.base import Profile, Rule
from chartgen.tuples import NamedTuple

DOCS = ""
"""Where the project's files are published, with a slash at the end, or ``""`` while that is nowhere."""


def table(rules: Iterable[Rule], format_name: str, *, color: bool = False) -> str:
    """All rules: ``text`` is grouped columns, ``concise`` one id a line, ``json`` a list of objects."""
    rules = tuple(rules)
    if format_name == "concise":
        return "".join(f"{rule.id}\n" for rule in rules)
    if format_name == "json":
        import json

        return json.dumps([_row(rule) for rule in rules], indent=2) + "\n"
    width = max((len(rule.id) for rule in rules), default=0)
    lines: list[str] = []
    group = ""
    for rule in rules:
        if rule.group != group:
            group = rule.group
            lines += [""] * bool(lines) + [paint(group, "strong", color=color)]
        level = paint(f"{rule.severity.value:<7}", rule.severity.value, color=color)
        lines.append(f"  {rule.id:<{width}}  {level}  {rule.profile.value:<11}  {title(rule)}")
    return "\n".join(lines) + "\n" if lines else ""


def page(rule: Rule) -> str:
    """A rule's page in Markdown: what it finds, why that matters, a bad and a good example, how to allow it."""
    lines = docstring(rule).splitlines()
    # The marks of the examples' expected findings are for the tests.
    first, _, rest = "\n".join(line.removesuffix("# here").rstrip() for line in lines).partition("\n\n")
    return (
        f"# {rule.id}\n\n{first}\n\n{_standing(rule)}\n\n{rest.strip()}\n\n"
        f"## Allow\nWrite `# chartgen: allow {rule.id} - REASON` at the end of the line or above it,\n"
        f"or give the object the annotation `chartgen.dev/allow.{rule.id}: REASON`.\n"
    )


def full_page(rule: Rule) -> str:
    """A rule's page, and what other tools call the rule. Reports do without that: it takes time to look up."""
    lines = [
        f"- {tool}: {', '.join(f'`{check}`' for check in names)}" for tool, names in names_elsewhere(rule.id).items()
    ]
    return page(rule) + ("\n## In other tools\n" + "\n".join(lines) + "\n" if lines else "")


def is_fixable(rule: Rule) -> bool:
    """Whether ``--fix`` may put right what the rule finds: somewhere it passes a fix along with a fault."""
    own = {kind.__module__ for kind in type(rule).__mro__ if kind.__module__.startswith("chartgen.rules.")}
    return any(re.search(r"\bfix=", inspect.getsource(import_module(name))) for name in own - {Rule.__module__})


def _standing(rule: Rule) -> str:
    """When a rule runs, in a sentence or two."""
    if rule.profile is Profile.OPTIONAL:
        text = (
            f"Severity {rule.severity.value}, group {rule.group}. "
            "It runs when it is selected, or switched on in a policy file."
        )
    else:
        text = f"Severity {rule.severity.value}, profile {rule.profile.value}, group {rule.group}."
    if rule.pod_security:
        text += f"\nIt is a control of the Pod Security Standards, and in the profile {rule.pod_security.value}."
    return text


class About(NamedTuple):
    """What reports say of a rule. ``file`` is its page in the project, ``url`` where that is published, or ``""``."""

    title: str
    why: str
    page: str
    severity: Severity
    profile: str
    group: str
    file: str = ""
    url: str = ""


def about(rule_id: str) -> About | None:
    """What reports say of a rule or judgement; None for one in no catalogue, such as a policy of the user's own."""
    if rule_id not in catalogue.ids():
        return _about_judgement(rule_id)
    rule = catalogue.rule(rule_id)
    return About(
        title(rule),
        why(rule),
        page(rule),
        rule.severity,
        rule.profile.value,
        rule.group,
        page_path(rule_id),
        page_url(rule_id),
    )


def _about_judgement(judgement_id: str) -> About | None:
    from chartgen.report import judgements

    found = judgements.known(judgement_id)
    if found is None:
        return None
    severity = judgements.SEVERITIES[found.level]
    area, certainty = judgements.area(found), found.certainty.value
    file = judgements.page_path(judgement_id)
    page = judgements.page(found)
    return About(title(found), why(found), page, severity, certainty, area, file)


def page_path(rule_id: str) -> str:
    """The file of a rule's page in the project: ``docs/rules/security/host-port.md``. Raises KeyError."""
    return f"docs/rules/{catalogue.ids()[rule_id].split('.')[-2]}/{rule_id}.md"


def page_url(rule_id: str) -> str:
    """The address of a rule's page, or ``""`` where there is none."""
    return DOCS + page_path(rule_id) if DOCS and rule_id in catalogue.ids() else ""


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "group": rule.group,
        "severity": rule.severity.value,
        "profile": rule.profile.value,
        "title": title(rule),
        "fixable": is_fixable(rule),
        "options": [option.as_data() for option in options_of(rule)],
        "elsewhere": {tool: list(names) for tool, names in names_elsewhere(rule.id).items()},
    }
