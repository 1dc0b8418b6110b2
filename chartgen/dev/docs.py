"""The rules as pages: what ``chartgen explain`` shows of each, in docs/rules/, and an index of them by group."""

from __future__ import annotations

from collections.abc import Iterable

from chartgen.dev.cells import cell
from chartgen.report.docstrings import title
from chartgen.report.rules import full_page, page_path
from chartgen.rules.base import Rule

FOLDER = "docs/rules"

INDEX = f"{FOLDER}/README.md"

_HEAD = """\
# The rules

One page a rule: what it finds, why that matters, a bad and a good example, how to allow it.
`chartgen explain RULE` shows the same. The pages are made from the rules themselves by `python -m chartgen.dev regen`.
"""


def pages(rules: Iterable[Rule]) -> dict[str, str]:
    """Path -> text of the index and of the page of each rule, sorted by path."""
    rules = tuple(rules)
    found = {page_path(rule.id): full_page(rule) for rule in rules}
    return dict(sorted({INDEX: _index(rules), **found}.items()))


def _index(rules: tuple[Rule, ...]) -> str:
    text = _HEAD
    for group in dict.fromkeys(rule.group for rule in rules):
        text += f"\n## {group}\n\n| rule | severity | profile | finds |\n|---|---|---|---|\n"
        text += "".join(_row(rule) for rule in rules if rule.group == group)
    return text


def _row(rule: Rule) -> str:
    link = f"[{rule.id}]({page_path(rule.id).removeprefix(f'{FOLDER}/')})"
    return f"| {link} | {rule.severity.value} | {rule.profile.value} | {cell(title(rule))} |\n"
