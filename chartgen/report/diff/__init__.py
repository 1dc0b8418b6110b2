"""Two charts compared, as text: a finished ``DiffReport`` goes in, text comes out.

Formats that list findings (``sarif``, ``github``, ``html``) are those of lint: a verdict is a finding with two places.
"""

from __future__ import annotations

from importlib import import_module

from chartgen.changes import DiffReport

FORMATS = ("text", "concise", "json", "sarif", "github", "markdown", "html")
"""The formats of a comparison."""

_COLORED = ("text", "concise")


def render_diff(report: DiffReport, format_name: str, *, color: bool = False) -> str:
    """A comparison in one of the formats; ends in a new line unless empty. ``color`` is for people's formats."""
    assert format_name in FORMATS, f"no format is called {format_name!r}"
    if format_name in ("sarif", "github", "html"):
        from chartgen.report.diff import findings

        text: str = getattr(findings, format_name)(report)
        return text
    module = import_module(f"chartgen.report.diff.{format_name}")
    shown: str = module.report(report, color=color) if format_name in _COLORED else module.report(report)
    return shown
