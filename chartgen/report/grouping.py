"""Findings by what they are about, in the order of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from chartgen.findings import Finding, Report


def by_subject(report: Report, found: Iterable[Finding]) -> Mapping[str, tuple[Finding, ...]]:
    """Findings by the chart or the plain manifest they are in, as ``subjects`` names it.

    Everything that was judged is there, also where nothing was found.
    """
    subject = subjects(report)
    groups: dict[str, list[Finding]] = {name: [] for name in (*report.charts, *report.files)}
    for finding in found:
        groups.setdefault(subject(finding), []).append(finding)
    return {name: tuple(findings) for name, findings in groups.items()}


def subjects(report: Report) -> Callable[[Finding], str]:
    """What tells of a finding which chart or plain manifest it is in, as the user named it.

    A finding in none of them (its chart could not be read) goes by its file, or by ``""``.
    """
    named = {name.rstrip("/"): name for name in (*report.charts, *report.files)}

    def subject(finding: Finding) -> str:
        file = place = finding.primary.file or ""
        while place:
            if place in named:
                return named[place]
            place = place.rpartition("/")[0]
        return "." if "." in named and file and not file.startswith("/") else file

    return subject


def worst_first(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with the worst at the top, otherwise in their order: for readers who stop early."""
    return tuple(sorted(found, key=lambda finding: finding.severity.rank))


def fingerprints(found: Iterable[Finding]) -> list[str]:
    """A fingerprint for each finding that no other has: those that share one are numbered in their order."""
    seen: dict[str, int] = {}
    unique = []
    for finding in found:
        own = finding.fingerprint
        seen[own] = seen.get(own, 0) + 1
        unique.append(own if seen[own] == 1 else f"{own}:{seen[own]}")
    return unique
