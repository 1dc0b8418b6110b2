"""How often each rule has found something."""

from __future__ import annotations

from chartgen.findings import Report, Severity
from chartgen.report.style import paint
from chartgen.tuples import NamedTuple


class Count(NamedTuple):
    """What one rule found: how often, in its worst severity, and how often it was allowed."""

    rule: str
    severity: Severity
    found: int
    allowed: int


def counts(report: Report) -> tuple[Count, ...]:
    """A count for each rule that found something, the most frequent first, then by name."""
    rules: dict[str, list[Severity]] = {}
    allowed: dict[str, int] = {}
    for finding in (*report.findings, *report.suppressed):
        rules.setdefault(finding.rule, []).append(finding.severity)
        allowed[finding.rule] = allowed.get(finding.rule, 0) + (finding.suppressed is not None)
    found = (
        Count(rule, min(severities, key=lambda one: one.rank), len(severities) - allowed[rule], allowed[rule])
        for rule, severities in rules.items()
    )
    return tuple(sorted(found, key=lambda count: (-count.found, -count.allowed, count.rule)))


def table(report: Report, format_name: str, *, color: bool = False) -> str:
    """The counts as text: columns, or for ``concise`` a number and a rule a line."""
    found = counts(report)
    if format_name == "concise":
        return "".join(f"{count.found} {count.rule}\n" for count in found)
    width = max((len(str(count.found)) for count in found), default=0)
    longest = max((len(count.rule) for count in found), default=0)
    lines = []
    for count in found:
        level = paint(f"{count.severity.value:<7}", count.severity.value, color=color)
        allowed = f"  and {count.allowed} allowed" if count.allowed else ""
        lines.append(f"{count.found:>{width}}  {level}  {count.rule:<{longest}}{allowed}".rstrip())
    return "\n".join(lines) + "\n" if lines else ""
