"""Helm's own lint, run over what a chart rendered to.

``helm lint`` loads a chart several times, renders it once more, and builds the table of all Kubernetes types anew for
each document to look for old API versions: that costs more than all else together. Its rules look at Chart.yaml, at
values.yaml and its schema, at which files and dependencies there are, and at rendered text. So it is given the chart
with each template in the state it rendered to, and of those only the few that it alone has something to say about: for
broken YAML, names, selectors and API versions there are rules of ours, which say where.
"""

from __future__ import annotations

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure, Rendered
from chartgen.engine.objects import is_manifest

_KEPT = ("Chart.yaml", "Chart.lock", "values.yaml")
"""Not values.schema.json: the values passed it when they were rendered, and Helm's lint would compile it twice."""


_NEVER_RENDERED = ("timeout", "memory", "crash", "constraint")
"""Failures of charts that hang or kill Helm, or that it refuses before it renders, as for want of a dependency."""


def is_worth_asking(chart: Chart, answer: Rendered | Failure | None, engine: str) -> bool:
    """Whether Helm's own lint may say something about a chart that none of our rules says.

    All that the lint of the embedded Helm can say of a chart that renders has a rule of ours, except about a missing
    ``apiVersion``. What another Helm says is not known in advance; nor is it of charts that did not render.
    """
    if engine != "embedded" or not isinstance(answer, Rendered):
        return True
    version = chart.metadata.get("apiVersion")
    return not isinstance(version, str) or not version


def as_rendered(chart: Chart, answer: Rendered | Failure) -> Chart:
    """The chart whose templates are what they rendered to, or empty where Helm's lint would add nothing.

    Of its subcharts no more than Chart.yaml is left, which says that they are there. A chart that does not render is
    left as it is, since Helm's lint forgives ``fail`` and ``required``; one that hangs or kills Helm would do it again,
    and what the templates of one without its dependencies lack is the dependencies.
    """
    if isinstance(answer, Failure):
        if answer.kind not in _NEVER_RENDERED:
            return chart
        answer = Rendered({})
    rendered = answer
    files = {}
    for path, content in chart.files.items():
        if path.startswith("templates/"):
            text = rendered.files.get(path, "") if is_manifest(path) else ""
            files[path] = _literal(text) if _is_for_helm(text) else b""
        elif path in _KEPT or path.startswith("crds/") or _is_subchart(path):
            files[path] = content
    return chart._replace(files=files)


def _is_for_helm(text: str) -> bool:
    """Whether Helm may complain of an indented beginning, or of a policy on a List, which it does not heed.

    Source: ``validateTopIndentLevel``, ``validateListAnnotations`` of Helm's ``pkg/chart/v2/lint/rules/template.go``.
    """
    begins_indented = text.lstrip("\n")[:1] in (" ", "\t")
    return begins_indented or ("List" in text and "helm.sh/resource-policy" in text)


def _is_subchart(path: str) -> bool:
    return path.startswith("charts/") and path.endswith(("/Chart.yaml", ".tgz", ".tar.gz"))


def _literal(text: str) -> bytes:
    """Text as a template that renders to it."""
    return text.replace("{{", '{{"{{"}}').encode("utf-8", "surrogateescape")
