"""Charts to be fixed, and one way to look at what became of them."""

from __future__ import annotations

import difflib
from pathlib import Path

from chartgen.chart.model import Chart
from chartgen.engine.api import Engine
from chartgen.lint.fix import Fixed, fix
from chartgen.lint.run import Settings
from chartgen.policy.model import Policy
from chartgen.rules.base import Profile

CHARTS = Path(__file__).with_name("charts")


def settings(*select: str) -> Settings:
    """A run of some rules; without any, of the strict profile."""
    return Settings(policy=Policy(profile=Profile.STRICT, select=select))


def fixed(chart: Chart, engine: Engine, *select: str, unsafe: bool = True) -> Fixed:
    """The chart after everything that can be done about what some rules find."""
    return fix(chart, engine=engine, settings=settings(*select), unsafe=unsafe)


def difference(before: Chart, after: Chart) -> str:
    """What changed, as a diff in which carriage returns can be seen."""
    parts: list[str] = []
    for path, content in after.files.items():
        old = before.files.get(path, b"")
        if old != content:
            was, now = (_visible(text).splitlines(keepends=True) for text in (old, content))
            parts += difflib.unified_diff(was, now, path, path, n=2)
    return "".join(parts)


def _visible(content: bytes) -> str:
    return content.decode().replace("\r", "<CR>").replace("\ufeff", "<BOM>")
