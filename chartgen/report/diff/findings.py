"""Verdicts as findings, for the formats that CI systems read: the new chart's place first, the old one beside it."""

from __future__ import annotations

from chartgen.changes import Certainty, DiffReport, Judged
from chartgen.findings import Finding, Related, Report, Severity
from chartgen.location import Location
from chartgen.report.diff.text import verdict
from chartgen.report.judgements import SEVERITIES

_WORDS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "patch"}


def as_report(report: DiffReport) -> Report:
    """The verdicts of a comparison as the findings of a run."""
    return Report(
        tuple(_finding(one) for one in report.judged),
        charts=(report.new.origin,),
        scenarios=report.scenarios,
        crashed=report.crashed,
        sources=report.sources,
    )


def sarif(report: DiffReport) -> str:
    """The verdicts as SARIF."""
    from chartgen.report import sarif

    return sarif.report(as_report(report), command="diff")


def github(report: DiffReport) -> str:
    """The verdicts as annotations of a pull request."""
    from chartgen.report import github

    return github.report(as_report(report))


def html(report: DiffReport) -> str:
    """The verdicts as a page."""
    from chartgen.report import html

    told = [verdict(report), *(f"Not compared: {one}" for one in report.unjudged)]
    return html.report(as_report(report), title="chartgen diff", summary=". ".join(told), words=_WORDS)


def _finding(one: Judged) -> Finding:
    primary = one.new or one.old or Location()
    beside = one.new is not None and one.old is not None
    related = (Related(one.old, "it stood here in the old chart"),) if beside and one.old else ()
    cure = " - ".join(filter(None, (one.advice, one.hurts and f"hurts {one.hurts}")))
    likely = " (likely)" if one.certainty is Certainty.LIKELY else ""
    return Finding(
        one.judgement,
        SEVERITIES[one.level],
        one.message + likely,
        primary,
        one.subject,
        cure,
        related,
        one.scenarios,
        chart=one.chart,
    )
