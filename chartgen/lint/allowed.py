"""What people allowed in one chart, and what is wrong with the allowances themselves.

Allowances stand in comments, in annotations, and in the policy file. One that gives no reason, or whose last day has
passed, has no effect; what a policy requires, nobody can allow.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Finding, Suppression
from chartgen.lint.drafts import Draft
from chartgen.lint.judge import Judge
from chartgen.lint.places import Places
from chartgen.lint.subject import Subject
from chartgen.lint.suppress import Allowance, allowances
from chartgen.location import Location
from chartgen.nearest import nearest
from chartgen.rules import catalogue

WITHOUT_REASON = "suppression-without-reason"
EXPIRED = "expired-suppression"
FORBIDDEN = "forbidden-suppression"
UNUSED = "unused-suppression"
UNKNOWN = "unknown-suppression"

STDIN = "stdin"
"""How findings name standard input, which holds plain manifests."""

_COMMENTED = (".yaml", ".yml", ".tpl", ".txt", STDIN)


class Allowed:
    """The allowances that concern one chart; it remembers which of them were needed."""

    def __init__(self, subject: Subject, judge: Judge, places: Places) -> None:
        self._subject = subject
        self._judge = judge
        self._places = places
        self._used: set[object] = set()
        self._comments: list[Allowance] = []
        for path, content in subject.chart.files.items():
            if path.endswith(_COMMENTED) and b"chartgen:" in content:
                self._comments += allowances(path, subject.chart.text(path) or "")
        self._by_line: dict[tuple[str, int, str], Allowance] = {}
        for allowance in self._comments:
            self._by_line.setdefault((allowance.file, allowance.covers, allowance.rule), allowance)

    def suppression(self, finding: Finding, draft: Draft) -> Suppression | None:
        """Why a finding does not count, or None when it does."""
        found = self._by_comment(finding, draft) or self._by_annotation(draft) or self._by_policy(finding)
        return None if finding.rule in self._judge.required else found

    def _by_comment(self, finding: Finding, draft: Draft) -> Suppression | None:
        """The comment that allows a finding: at its own line, or where the value it is about is set."""
        for location in (finding.primary, *(related.location for related in finding.related)):
            for allowance in self._covering(location, finding.rule):
                self._used.add(allowance)
                if self._counts(allowance.reason, allowance.until):
                    self._note_the_same_elsewhere(finding, draft)
                    return Suppression(_at(allowance), allowance.reason)
        return None

    def _note_the_same_elsewhere(self, finding: Finding, draft: Draft) -> None:
        """Other scenarios may set the value in files of their own, where comments allow the same: they are needed."""
        for scenario in finding.scenarios[1:]:
            for location in self._places.set_by(draft, finding.primary, scenario):
                self._used.update(self._covering(location, finding.rule))

    def _covering(self, location: Location, rule: str) -> Iterator[Allowance]:
        """The comments that cover a place; what Chart.yaml or values.yaml lack is allowed anywhere in them."""
        if location.file and location.line is not None:
            allowance = self._by_line.get((location.file, location.line, rule))
            if allowance:
                yield allowance
        elif location.file and "templates/" not in location.file:
            yield from (one for one in self._comments if one.file == location.file and one.rule == rule)

    def _by_annotation(self, draft: Draft) -> Suppression | None:
        """The annotation of the object that allows what was found in it."""
        for excuse in self._subject.excuses.values():
            if excuse.covers(draft.rule, draft.owner, draft.spot.location.pointer):
                self._used.add(excuse)
                if self._counts(excuse.reason, excuse.until):
                    where = self._places.location(excuse.spot, excuse.scenarios)
                    return Suppression(where, excuse.reason, "annotation")
        return None

    def _by_policy(self, finding: Finding) -> Suppression | None:
        """The entry of the policy file that allows a finding."""
        path = self._subject.path(finding.primary.file or "")
        for entry in self._judge.policy.ignores:
            if entry.covers(finding.rule, finding.subject, path):
                self._subject.used.add(entry)
                if self._counts(entry.reason, entry.until):
                    return Suppression(entry.location, entry.reason, "policy")
        return None

    def _counts(self, reason: str, until: str) -> bool:
        return bool(reason) and not (until and until < self._judge.policy.today)

    def complaints(self) -> Iterator[Finding]:
        """What is wrong with the allowances that stand in the chart itself; at most one thing each, the worst."""
        for one in self._comments:
            # A comment is only known to be idle when the template around it was rendered.
            idle = one not in self._used and not self._subject.failures and _was_seen(one.file, self._subject)
            yield from complaint(
                self._judge, one.rule, one.reason, one.until, idle=idle, where=_at(one), about=one.file
            )
        for excuse in self._subject.excuses.values():
            if excuse.tool:
                continue  # it may be needed by the tool it was written for
            idle = excuse not in self._used and not self._subject.failures
            where = self._places.location(excuse.spot, excuse.scenarios)
            for finding in complaint(
                self._judge, excuse.rule, excuse.reason, excuse.until, idle=idle, where=where, about=excuse.owner.ref
            ):
                yield finding._replace(scenarios=tuple(excuse.scenarios))


def complaint(
    judge: Judge, rule_id: str, reason: str, until: str, *, idle: bool, where: Location, about: str
) -> Iterator[Finding]:
    """What is wrong with one allowance of a rule, if anything is, and if the run asks."""
    if rule_id not in catalogue.ids() and rule_id not in judge.policy.custom_ids:
        rule, message, cure = UNKNOWN, *_unknown(rule_id, judge.policy.custom_ids)
    elif rule_id in judge.required:
        rule, message = FORBIDDEN, f"'{rule_id}' is allowed, but {judge.policy.file or 'the policy'} requires it"
        cure = "remove the allowance and cure what is found"
    elif not reason:
        rule = WITHOUT_REASON
        message = f"'{rule_id}' is allowed without a reason, which has no effect"
        is_entry = bool(where.file) and where.file == judge.policy.file
        cure = "say why: reason: <reason>" if is_entry else f"say why: chartgen: allow {rule_id} - <reason>"
    elif until and until < judge.policy.today:
        rule, message = EXPIRED, f"'{rule_id}' was allowed until {until}, which has passed"
        cure = "cure what is found, or give a new day and say why it takes longer"
    elif idle and rule_id in judge.ids:
        rule, message = UNUSED, f"'{rule_id}' is allowed, but nothing of the kind is found here"
        cure = "remove the allowance"
    else:
        return
    if rule in judge.ids:
        severity = judge.policy.severity(rule, catalogue.rule(rule).severity)
        yield Finding(rule, severity, f"{about}: {message}", where, about, cure)


def _was_seen(file: str, subject: Subject) -> bool:
    return "templates/" not in file or file in subject.rendered or file.rsplit("/", 1)[-1].startswith("_")


def _unknown(rule_id: str, custom: tuple[str, ...]) -> tuple[str, str]:
    if not rule_id:
        return "an allowance names no rule", "write: chartgen: allow <rule> - <reason>"
    near = nearest(rule_id, (*catalogue.ids(), *custom))
    meant = f" (did you mean '{near}'?)" if near else ""
    return f"unknown rule '{rule_id}' is allowed{meant}", "'chartgen rules' lists all rules"


def _at(allowance: Allowance) -> Location:
    return Location(allowance.file, allowance.line, allowance.column)
