"""A gate for programs, in the versioned shape that ``schemas/report.v1.schema.json`` describes."""

from __future__ import annotations

from typing import Any

from chartgen.findings import Finding
from chartgen.gates import Gated, GateReport
from chartgen.report.json import dump, head, place


def report(report: GateReport) -> str:
    """A gate as JSON text."""
    return dump(
        {
            **head("gate"),
            "against": report.against,
            "commit": report.commit,
            "passes": report.passes,
            "command_to_run": report.command,
            "summary": {
                "charts": report.looked_at,
                "changed": len(report.charts),
                "failed": sum(not one.passes for one in report.charts),
                "crashed": report.crashed,
            },
            "charts": [_chart(one) for one in report.charts],
        }
    )


def _chart(one: Gated) -> dict[str, Any]:
    return {
        "chart": one.chart,
        "path": one.folder or ".",
        "state": one.state,
        "origin": one.origin,
        "before": one.before,
        "after": one.after,
        "required": one.required.value,
        "because": list(one.because),
        "next": one.next,
        "allowed": one.allowed,
        "passes": one.passes,
        "notes": list(one.notes),
        "findings": [_finding(finding) for finding in one.findings],
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "check": one.rule,
        "severity": one.severity.value,
        "message": one.message,
        "help": one.help,
        "location": place(one.primary),
    }
