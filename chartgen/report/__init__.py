"""Reports as text: a finished report goes in, text comes out, and no format knows another.

``format_name`` is ``text``, ``concise`` or ``json``. Modules are imported when a format is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping

from chartgen.errors import Problem
from chartgen.findings import Report


def render_report(report: Report, format_name: str, *, color: bool = False) -> str:
    """A lint report in one of the formats; ends in a new line unless empty. JSON is never coloured."""
    if format_name == "json":
        from chartgen.report import json

        return json.report(report)
    if format_name == "concise":
        from chartgen.report import concise

        return concise.report(report, color=color)
    from chartgen.report import text

    return text.report(report, color=color)


def render_problems(
    problems: tuple[Problem, ...],
    sources: Mapping[str, str],
    format_name: str,
    *,
    files: tuple[str, ...] = (),
    color: bool = False,
) -> str:
    """The problems of inputs in one of the formats.

    ``sources`` maps files to their text, for excerpts; ``files`` names all that was read, good files too.
    """
    if format_name == "json":
        from chartgen.report import json

        return json.problems(problems, files=files)
    if format_name == "concise":
        from chartgen.report import concise

        return concise.problems(problems, color=color)
    from chartgen.report import text

    return text.problems(problems, sources, color=color)
