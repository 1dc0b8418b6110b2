"""A gate, as text: a finished ``GateReport`` goes in, text comes out.

``github`` and ``sarif`` are those of lint: what a gate finds is a finding.
"""

from __future__ import annotations

from importlib import import_module

from chartgen.findings import Report
from chartgen.gates import GateReport

FORMATS = ("text", "concise", "json", "sarif", "github", "markdown")
"""The formats of a gate."""


def render_gate(report: GateReport, format_name: str, *, color: bool = False) -> str:
    """A gate in one of the formats; ends in a new line unless empty. ``color`` is for people's formats."""
    assert format_name in FORMATS, f"no format is called {format_name!r}"
    if format_name in ("sarif", "github", "concise"):
        findings = as_report(report)
        if format_name == "sarif":
            from chartgen.report import sarif

            return sarif.report(findings, command="gate")
        if format_name == "github":
            from chartgen.report import github

            return github.report(findings)
        from chartgen.report import concise

        return concise.report(findings, color=color)
    module = import_module(f"chartgen.report.gate.{format_name}")
    shown: str = module.report(report, color=color) if format_name == "text" else module.report(report)
    return shown


def as_report(report: GateReport) -> Report:
    """What a gate found as the findings of a run."""
    return Report(
        report.findings,
        charts=tuple(one.folder or "." for one in report.charts),
        crashed=report.crashed,
        sources=report.sources,
    )
