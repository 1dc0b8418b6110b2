"""Workloads that are only rendered once a value is set: ``{{ if include "web.host" . }}`` around a whole template.

A chart all of whose workloads are so renders none by default, and nothing could be said of what it is for. Where both
charts ask something before they render one, it is rendered as if the answer were yes. What shows so is told with what
the old one asks: it concerns those who run the chart, since without it there is nothing that runs.
"""

from __future__ import annotations

import re

from chartgen.chart.model import Chart
from chartgen.compare.keys import lookup
from chartgen.compare.side import Rendering, Side
from chartgen.kube.access import CONTROLLERS
from chartgen.templates.parse import parse
from chartgen.templates.syntax import Expr, Template
from chartgen.tuples import NamedTuple

_WORKLOAD = r"(?m)^kind: *[\"']?(Deployment|StatefulSet|DaemonSet)\b"
_LONGEST = 60


class Guard(NamedTuple):
    """What templates ask before they render anything, and which do."""

    question: str
    paths: tuple[str, ...]

    @property
    def name(self) -> str:
        """The question on one line."""
        text = " ".join(self.question.split())
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def guards(old: Side, new: Side, default: tuple[Rendering, Rendering]) -> tuple[Guard, ...]:
    """What the workloads of two charts are behind, neither of which renders one by default. Switches are left out: they
    are turned on by themselves (see ``switches``).
    """
    if any(_is_own_workload(obj.kind, obj.source) for one in default for obj in one.parsed.objects):
        return ()
    found: dict[str, list[str]] = {}
    for path in old.chart.files:
        if path.startswith("templates/") and path in new.chart.files:
            asked = [_question(side.chart, path) for side in (old, new)]
            if all(asked) and not any(map(_is_switch, (old, new), asked)):
                found.setdefault(asked[0], []).append(path)
    return tuple(Guard(question, tuple(paths)) for question, paths in found.items())


def met(chart: Chart, paths: tuple[str, ...]) -> Chart:
    """The chart as it renders when what some templates ask is true. Lines and columns stay where they are."""
    files = dict(chart.files)
    for path in paths:
        template = parse(chart.text(path) or "")
        asked = _asked(template)
        if asked is not None:
            start, end = asked.start, asked.end
            files[path] = f"{template.text[:start]}{'true'.ljust(end - start)}{template.text[end:]}".encode()
    return chart._replace(files=files)


def _is_own_workload(kind: str, source: str) -> bool:
    return kind in CONTROLLERS and not source.startswith("charts/")


def _question(chart: Chart, path: str) -> str:
    """What a template of a workload asks before all else, ``""`` for one that does not."""
    text = chart.text(path) or ""
    asked = _asked(parse(text)) if re.search(_WORKLOAD, text) else None
    return text[asked.start : asked.end] if asked else ""


def _asked(template: Template) -> Expr | None:
    """The condition of the one ``if``, with no ``else`` to it, that a template is beside comments."""
    nodes = [
        node
        for node in template.nodes
        if node.kind != "comment" and not (node.kind == "text" and template.text[node.start : node.end].isspace())
    ]
    if template.error or len(nodes) != 1 or nodes[0].kind != "if" or nodes[0].other_at >= 0:
        return None
    return nodes[0].pipe


def _is_switch(side: Side, question: str) -> bool:
    found = re.fullmatch(r"\.Values\.([\w.]+)", question)
    return found is not None and isinstance(lookup(side.values, tuple(found[1].split("."))), bool)
