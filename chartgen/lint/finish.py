"""Drafts -> findings: places as the user would open them, what was allowed set apart, and allowances judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from chartgen.findings import Finding, Related
from chartgen.fixes import Repair
from chartgen.kube.releases import spoken
from chartgen.lint.allowed import Allowed
from chartgen.lint.drafts import Draft
from chartgen.lint.judge import Judge
from chartgen.lint.places import Places
from chartgen.lint.subject import Subject
from chartgen.location import Location

if TYPE_CHECKING:
    from chartgen.lint.fixplan import Planner


def findings(subject: Subject, judge: Judge, places: Places) -> tuple[list[Finding], list[Finding]]:
    """The findings of one chart, and those that somebody allowed."""
    allowed = Allowed(subject, judge, places)
    planner = _planner(subject, places) if judge.fixes else None
    kept: list[Finding] = []
    suppressed: list[Finding] = []
    for finding, draft in _merged(_seen(subject, judge), subject, places):
        suppression = allowed.suppression(finding, draft)
        given = places.given(draft, finding.primary)
        shown = _shown(subject, finding._replace(suppressed=suppression) if suppression else finding, given)
        if planner and not suppression:
            shown = planner.planned(draft, shown)
        (suppressed if suppression else kept).append(shown)
    for finding in allowed.complaints():
        shown = _shown(subject, finding)
        kept.append(planner.without_comment(finding.primary, shown) if planner else shown)
    return kept, suppressed


def _planner(subject: Subject, places: Places) -> Planner:
    from chartgen.lint.fixplan import Planner

    return Planner(subject, places)


def _seen(subject: Subject, judge: Judge) -> Iterator[Draft]:
    """What was found where the readings of the run look; another linter passes kinds and fields over."""
    for draft in subject.drafts.values():
        kind = draft.owner.ref.partition("/")[0] if draft.owner else ""
        if not judge.policy.overlooks(draft.rule, kind, draft.spot.location.pointer):
            yield draft


def _merged(drafts: Iterable[Draft], subject: Subject, places: Places) -> Iterator[tuple[Finding, Draft]]:
    """The findings of a chart, one for each fault: scenarios may render it on different lines of one template."""
    found: dict[object, tuple[Finding, Draft]] = {}
    order = {scenario.name: index for index, scenario in enumerate(subject.scenarios)}
    for draft in drafts:
        primary = places.location(draft.spot, draft.scenarios)
        name, stable = places.stable_name(draft)
        finding = Finding(
            draft.rule,
            draft.severity,
            (draft.message.replace(name, stable) if name else draft.message) + _where_true(draft, subject),
            primary,
            draft.subject.replace(name, stable) if name else draft.subject,
            draft.help,
            places.related(draft, primary),
            tuple(draft.scenarios),
            fix=Repair(draft.fix.description, draft.fix.safe) if draft.fix else None,
        )
        key = (finding.rule, finding.subject, primary.pointer, primary.file, primary.line, finding.message)
        if key in found:
            first, first_draft = found[key]
            names = sorted({*first.scenarios, *finding.scenarios}, key=lambda name: order.get(name, 0))
            finding, draft = first._replace(scenarios=tuple(names)), first_draft
        found[key] = (finding, draft)
    yield from found.values()


def _where_true(draft: Draft, subject: Subject) -> str:
    """The Kubernetes releases a draft is true for, unless it is true for all that are judged for."""
    if not draft.versions or draft.versions & subject.versions == subject.versions:
        return ""
    return f", in Kubernetes {spoken(draft.versions)}"


def _shown(subject: Subject, finding: Finding, given: tuple[Related, ...] = ()) -> Finding:
    """The finding with every path as the user would open it, and what is related in the user's own files."""

    def show(location: Location) -> Location:
        return location._replace(file=subject.chart.display(location.file)) if location.file else location

    allowed = finding.suppressed
    return finding._replace(
        chart=subject.chart.name,
        primary=show(finding.primary),
        related=(*(Related(show(related.location), related.message) for related in finding.related), *given),
        suppressed=allowed._replace(location=show(allowed.location))
        if allowed and allowed.kind != "policy"
        else allowed,
    )


def sources(subject: Subject, found: Iterable[Finding]) -> dict[str, str]:
    """The texts of the chart's files that findings point into, by the name the findings use."""
    prefix = subject.chart.display("x")[:-1]
    wanted = {finding.primary.file for finding in found if finding.primary.file and finding.primary.line is not None}
    texts = {name: subject.chart.text(name.removeprefix(prefix)) for name in sorted(wanted)}
    return {name: text for name, text in texts.items() if text is not None}
