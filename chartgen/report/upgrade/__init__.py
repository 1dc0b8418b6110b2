"""What an upgrade does in a cluster: a ``DiffReport`` with ``upgrades`` goes in, text comes out."""

from __future__ import annotations

from chartgen.changes import DiffReport

FORMATS = ("text", "json", "markdown")
"""The formats of the cluster's view."""


def render_upgrade(report: DiffReport, format_name: str, *, color: bool = False) -> str:
    """The cluster's view in one of the formats. JSON is that of the comparison, which then has ``upgrades``."""
    assert format_name in FORMATS, f"no format is called {format_name!r}"
    if format_name == "json":
        from chartgen.report.diff.json import report as as_json

        return as_json(report)
    if format_name == "markdown":
        from chartgen.report.upgrade.markdown import report as as_markdown

        return as_markdown(report)
    from chartgen.report.upgrade.text import report as as_text

    return as_text(report, color=color)
