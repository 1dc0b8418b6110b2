"""Reports as text: a finished report goes in, text comes out, and no format knows another.

Each format is a module that is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from chartgen.errors import Problem
from chartgen.findings import Report

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "html")
"""The formats of a lint report; problems of other inputs have the first three."""

_COLORED = ("text", "concise")


def render_report(report: Report, format_name: str, *, color: bool = False, statistics: bool = False) -> str:
    """A lint report in one of the formats; ends in a new line unless empty.

    ``color`` is for ``text`` and ``concise``; with ``statistics`` these two count findings by rule instead of listing
    them. The other formats hold the counts anyway, or have no place for them.
    """
    if statistics and format_name in _COLORED:
        from chartgen.report.statistics import table

        return table(report, format_name, color=color)
    assert format_name in FORMATS, f"no format is called {format_name!r}"
    module = import_module(f"chartgen.report.{format_name}")
    text: str = module.report(report, color=color) if format_name in _COLORED else module.report(report)
    return text


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
