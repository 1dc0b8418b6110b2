"""Helm's own lint, run over what a chart rendered to.

``helm lint`` loads a chart several times and renders it once more, which costs more than all else together. Its rules
look at Chart.yaml, at values.yaml and its schema, at which files and dependencies there are, and at rendered text. So
it is given the chart with each template in the state it rendered to: the same messages in a fraction of the time.
"""

from __future__ import annotations

from chartgen.chart.model import Chart
from chartgen.engine.api import Rendered
from chartgen.engine.objects import is_manifest

_KEPT = ("Chart.yaml", "Chart.lock", "values.yaml", "values.schema.json")


def as_rendered(chart: Chart, rendered: Rendered) -> Chart:
    """The chart whose templates are what they rendered to, without its subcharts' templates and what is no template."""
    files = {}
    for path, content in chart.files.items():
        if path.startswith("templates/"):
            files[path] = _literal(rendered.files.get(path, "")) if is_manifest(path) else b""
        elif path.rsplit("/", 1)[-1] in _KEPT or path.startswith("crds/") or _is_packed_subchart(path):
            files[path] = content
    return chart._replace(files=files)


def _is_packed_subchart(path: str) -> bool:
    return path.startswith("charts/") and path.endswith((".tgz", ".tar.gz"))


def _literal(text: str) -> bytes:
    """Text as a template that renders to it."""
    return text.replace("{{", '{{"{{"}}').encode()
