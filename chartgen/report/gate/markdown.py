"""A gate as Markdown, for the summary of a CI job or a comment in a review."""

from __future__ import annotations

from chartgen.gates import Gated, GateReport
from chartgen.report.gate.text import row, summary
from chartgen.report.markdown import code, escaped


def report(report: GateReport) -> str:
    """A heading, what to run, and a table of the charts."""
    words, _, command = summary(report).partition("\nrun: ")
    text = f"## chartgen gate\n\n{escaped(words[:1].upper() + words[1:])}\n"
    if report.charts:
        text += "\n| chart | version | requires | verdict |\n|---|---|---|---|\n"
        text += "".join(_row(one) for one in report.charts)
    return text + (f"\n```console\n{command}\n```\n" if command else "")


def _row(one: Gated) -> str:
    folder, version, required, said = row(one)
    found = "".join(f"<br>{escaped(finding.message)}" for finding in one.findings)
    because = "" if found or not one.because else f"<br>{escaped(one.because[0])}"
    return f"| {code(folder)} | {code(version)} | {required} | {escaped(said)}{found}{because} |\n"
