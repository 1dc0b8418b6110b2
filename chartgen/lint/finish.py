"""Drafts -> findings: places as the user would open them, what was allowed set apart, and allowances judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chartgen.findings import Finding, Related, Suppression
from chartgen.lint.drafts import Draft
from chartgen.lint.judge import Judge
from chartgen.lint.places import Places
from chartgen.lint.subject import Subject
from chartgen.lint.suppress import Allowance, allowances
from chartgen.location import Location
from chartgen.policy.nearest import nearest
from chartgen.rules import catalogue

WITHOUT_REASON = "suppression-without-reason"
UNUSED = "unused-suppression"
UNKNOWN = "unknown-suppression"

STDIN = "stdin"
"""How findings name standard input, which holds plain manifests."""

_COMMENTED = (".yaml", ".yml", ".tpl", ".txt", STDIN)


def findings(subject: Subject, judge: Judge, places: Places) -> tuple[list[Finding], list[Finding]]:
    """The findings of one chart, and those that somebody allowed."""
    comments = _Comments(subject)
    used: set[object] = set()
    kept: list[Finding] = []
    allowed: list[Finding] = []
    for finding, draft in _merged(subject, places):
        suppression = comments.allows(finding, used) or _excused(subject, draft, places, used)
        given = places.given(draft, finding.primary)
        shown = _shown(subject, finding._replace(suppressed=suppression) if suppression else finding, given)
        (allowed if suppression else kept).append(shown)
    own = (*_about_comments(comments, subject, judge, used), *_about_excuses(subject, judge, places, used))
    kept += [_shown(subject, finding) for finding in own]
    return kept, allowed


def _merged(subject: Subject, places: Places) -> Iterator[tuple[Finding, Draft]]:
    """The findings of a chart, one for each fault: scenarios may render it on different lines of one template."""
    found: dict[object, tuple[Finding, Draft]] = {}
    order = {scenario.name: index for index, scenario in enumerate(subject.scenarios)}
    for draft in subject.drafts.values():
        primary = places.location(draft.spot, draft.scenarios)
        name, stable = places.stable_name(draft)
        finding = Finding(
            draft.rule,
            draft.severity,
            draft.message.replace(name, stable) if name else draft.message,
            primary,
            draft.subject.replace(name, stable) if name else draft.subject,
            draft.help,
            places.related(draft, primary),
            tuple(draft.scenarios),
        )
        key = (finding.rule, finding.subject, primary.pointer, primary.file, primary.line, finding.message)
        if key in found:
            first, first_draft = found[key]
            names = sorted({*first.scenarios, *finding.scenarios}, key=lambda name: order.get(name, 0))
            finding, draft = first._replace(scenarios=tuple(names)), first_draft
        found[key] = (finding, draft)
    yield from found.values()


class _Comments:
    """The allowances in the comments of a chart's files, by the line they cover."""

    def __init__(self, subject: Subject) -> None:
        self.all: list[Allowance] = []
        for path, content in subject.chart.files.items():
            if path.endswith(_COMMENTED) and b"chartgen:" in content:
                self.all += allowances(path, subject.chart.text(path) or "")
        self._by_line: dict[tuple[str, int, str], Allowance] = {}
        for allowance in self.all:
            self._by_line.setdefault((allowance.file, allowance.covers, allowance.rule), allowance)

    def allows(self, finding: Finding, used: set[object]) -> Suppression | None:
        """The comment that allows a finding: at its own line, or where the value it is about is set."""
        for location in (finding.primary, *(related.location for related in finding.related)):
            for allowance in self._covering(location, finding.rule):
                used.add(allowance)
                if allowance.reason:
                    return Suppression(_at(allowance), allowance.reason)
        return None

    def _covering(self, location: Location, rule: str) -> Iterator[Allowance]:
        """The comments that cover a place; what Chart.yaml or values.yaml lack is allowed anywhere in them."""
        if location.file and location.line is not None:
            allowance = self._by_line.get((location.file, location.line, rule))
            if allowance:
                yield allowance
        elif location.file and "templates/" not in location.file:
            yield from (one for one in self.all if one.file == location.file and one.rule == rule)


def _excused(subject: Subject, draft: Draft, places: Places, used: set[object]) -> Suppression | None:
    """The annotation of the object that allows what was found in it."""
    for excuse in subject.excuses.values():
        if draft.owner and excuse.rule == draft.rule and excuse.owner.identity == draft.owner.identity:
            used.add(excuse)
            if excuse.reason:
                where = places.location(excuse.spot, excuse.scenarios)
                return Suppression(where, excuse.reason, "annotation")
    return None


def _about_comments(comments: _Comments, subject: Subject, judge: Judge, used: set[object]) -> Iterator[Finding]:
    for allowance in comments.all:
        # A comment is only known to be idle when the template around it was rendered.
        idle = allowance not in used and not subject.failures and _was_seen(allowance.file, subject)
        yield from _about(allowance.rule, allowance.reason, idle, _at(allowance), allowance.file, (), judge)


def _about_excuses(subject: Subject, judge: Judge, places: Places, used: set[object]) -> Iterator[Finding]:
    for excuse in subject.excuses.values():
        idle = excuse not in used and not subject.failures
        if excuse.reason and not idle and excuse.rule in catalogue.ids():
            continue
        where = places.location(excuse.spot, excuse.scenarios)
        yield from _about(excuse.rule, excuse.reason, idle, where, excuse.owner.ref, tuple(excuse.scenarios), judge)


def _was_seen(file: str, subject: Subject) -> bool:
    return "templates/" not in file or file in subject.rendered or file.rsplit("/", 1)[-1].startswith("_")


def _about(
    rule_id: str,
    reason: str,
    idle: bool,
    where: Location,
    about: str,
    scenarios: tuple[str, ...],
    judge: Judge,
) -> Iterator[Finding]:
    """What is wrong with one allowance itself; at most one thing, the worst."""
    if rule_id not in catalogue.ids():
        rule, message, cure = UNKNOWN, *_unknown(rule_id)
    elif not reason:
        rule = WITHOUT_REASON
        message = f"'{rule_id}' is allowed without a reason, which has no effect"
        cure = f"say why: chartgen: allow {rule_id} - <reason>"
    elif idle and rule_id in judge.ids:
        rule, message = UNUSED, f"'{rule_id}' is allowed, but nothing of the kind is found here"
        cure = "remove the allowance"
    else:
        return
    if rule in judge.ids:
        severity = judge.policy.severity(rule, catalogue.rule(rule).severity)
        yield Finding(rule, severity, f"{about}: {message}", where, about, cure, scenarios=scenarios)


def _unknown(rule_id: str) -> tuple[str, str]:
    if not rule_id:
        return "an allowance names no rule", "write: chartgen: allow <rule> - <reason>"
    near = nearest(rule_id, catalogue.ids())
    meant = f" (did you mean '{near}'?)" if near else ""
    return f"unknown rule '{rule_id}' is allowed{meant}", "'chartgen rules' lists all rules"


def _at(allowance: Allowance) -> Location:
    return Location(allowance.file, allowance.line, allowance.column)


def _shown(subject: Subject, finding: Finding, given: tuple[Related, ...] = ()) -> Finding:
    """The finding with every path as the user would open it, and what is related in the user's own files."""

    def show(location: Location) -> Location:
        return location._replace(file=subject.chart.display(location.file)) if location.file else location

    allowed = finding.suppressed
    return finding._replace(
        chart=subject.chart.name,
        primary=show(finding.primary),
        related=(*(Related(show(related.location), related.message) for related in finding.related), *given),
        suppressed=allowed._replace(location=show(allowed.location)) if allowed else None,
    )


def sources(subject: Subject, found: Iterable[Finding]) -> dict[str, str]:
    """The texts of the chart's files that findings point into, by the name the findings use."""
    prefix = subject.chart.display("x")[:-1]
    wanted = {finding.primary.file for finding in found if finding.primary.file and finding.primary.line is not None}
    texts = {name: subject.chart.text(name.removeprefix(prefix)) for name in sorted(wanted)}
    return {name: text for name, text in texts.items() if text is not None}
