"""What is wrong with the entries of a policy file's ``ignores``, once every chart of the run was seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chartgen.findings import Finding
from chartgen.lint.allowed import complaint
from chartgen.lint.judge import Judge
from chartgen.lint.remember import Remembered
from chartgen.lint.subject import Subject
from chartgen.policy.model import Policy


def used(policy: Policy, subject: Subject) -> tuple[int, ...]:
    """The places of the entries that a chart needed."""
    return tuple(place for place, entry in enumerate(policy.ignores) if entry in subject.used)


def spoken_of(policy: Policy, subject: Subject) -> tuple[int, ...]:
    """The places of the entries that speak of a chart by a path: only those can be called not needed."""
    return tuple(
        place
        for place, entry in enumerate(policy.ignores)
        if entry.paths and any(entry.covers_path(subject.path(file)) for file in subject.chart.files)
    )


def complaints(judge: Judge, seen: Sequence[Remembered]) -> Iterator[Finding]:
    """What is wrong with the entries, as the charts that were judged by them tell.

    An entry may be for a chart that was not linted now. What no chart needed is called unused when its path leads to
    one of them, or when all that the policy file is for was linted.
    """
    needed = {place for one in seen for place in one.used}
    spoken = {place for one in seen for place in one.spoken_of}
    complete = not any(one.incomplete for one in seen)
    for place, entry in enumerate(judge.policy.ignores):
        idle = complete and place not in needed and (place in spoken or judge.policy.is_whole)
        for rule in entry.rules:
            yield from complaint(
                judge, rule, entry.reason, entry.until, idle=idle, where=entry.location, about=judge.policy.file
            )
            break  # one entry, one complaint
