"""What is wrong with the entries of a policy file's ``ignores``, once every chart of the run was seen."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Finding
from chartgen.lint.allowed import complaint
from chartgen.lint.judge import Judge
from chartgen.lint.subject import Subject


def note(judge: Judge, subject: Subject, *, incomplete: bool) -> None:
    """Remember which entries a chart needed, and which speak of it by a path: only those can be called not needed."""
    judge.used |= subject.used
    for entry in judge.policy.ignores:
        if entry.paths and any(entry.covers_path(subject.path(file)) for file in subject.chart.files):
            judge.spoken_of.add(entry)
    judge.incomplete |= incomplete


def complaints(judge: Judge) -> Iterator[Finding]:
    """What is wrong with the entries.

    An entry without a path may be for a chart that was not linted now; it is called unused only when all that the
    policy file is for was linted.
    """
    for entry in judge.policy.ignores:
        judged = (entry in judge.spoken_of or (judge.policy.is_whole and not entry.paths)) and not judge.incomplete
        for rule in entry.rules:
            idle = judged and entry not in judge.used
            yield from complaint(
                judge, rule, entry.reason, entry.until, idle=idle, where=entry.location, about=judge.policy.file
            )
            break  # one entry, one complaint
