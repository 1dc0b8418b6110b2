"""Findings by what they are about, in the order of the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chartgen.findings import Finding, Report


def by_subject(report: Report, found: Iterable[Finding]) -> Mapping[str, tuple[Finding, ...]]:
    """Findings by the chart or the plain manifest they are in, as the user named it.

    Everything that was judged is there, also where nothing was found. What is in none of it (a chart that could not be
    read) goes by its file, or by ``""``.
    """
    groups: dict[str, list[Finding]] = {name: [] for name in (*report.charts, *report.files)}
    for finding in found:
        groups.setdefault(subject(report, finding), []).append(finding)
    return {name: tuple(findings) for name, findings in groups.items()}


def subject(report: Report, finding: Finding) -> str:
    """The chart or the plain manifest a finding is in, as the user named it; else its file, or ``""``."""
    file = finding.primary.file or ""
    if file in report.files:
        return file
    within = [chart for chart in report.charts if _is_in(chart, file)]
    return max(within, key=len) if within else file


def _is_in(chart: str, file: str) -> bool:
    return file == chart or file.startswith(f"{chart.rstrip('/')}/") or (chart == "." and not file.startswith("/"))


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
