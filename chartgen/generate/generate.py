"""From an app spec to a chart: the one function of this package that others call."""

from __future__ import annotations

from typing import Any

from chartgen.chart.model import Chart
from chartgen.generate import jinja, schema
from chartgen.generate.dashboard import dashboard
from chartgen.generate.files import contents
from chartgen.generate.needs import dependency
from chartgen.generate.overlays import overlays
from chartgen.generate.plan import plan
from chartgen.generate.readme import readme
from chartgen.generate.resolve import resolve
from chartgen.generate.scenarios import scenario_files
from chartgen.generate.values import values_tree
from chartgen.generate.valuetree import values_text
from chartgen.generate.view import ChartView
from chartgen.spec.model import AppSpec
from chartgen.yamlwrite import quote


def generate(spec: AppSpec) -> Chart:
    """Make the complete chart of an application. Pure: the same spec gives the same bytes.

    Raises ValueError for names that no validated spec can have.
    """
    chart = resolve(spec)
    nodes = values_tree(chart)
    files: dict[str, str | bytes] = {**contents(w.files for w in chart.workloads)}
    for file in plan(chart):
        files[file.path] = jinja.render(file.template, {"chart": chart, "w": file.workload, "n": file.need})
    files[f"dashboards/{chart.name}.json"] = dashboard(chart)
    files["values.yaml"] = values_text(nodes, _header(chart))
    files["values.schema.json"] = schema.document(f"Values of {spec.name}", nodes)
    laid_over = tuple(overlays(spec, nodes))
    files["README.md"] = readme(chart, nodes, laid_over)
    files.update(scenario_files(nodes))
    files.update((overlay.path, overlay.text(chart.name)) for overlay in laid_over)
    return Chart.of(files, metadata=_metadata(chart))


def _metadata(chart: ChartView) -> dict[str, Any]:
    """What Chart.yaml says, as data; to read it back would take a fifth of the whole time."""
    images = "".join(f"- name: {image.name}\n  image: {quote(image.reference)}\n" for image in chart.images)
    dependencies = [dependency(view) for view in chart.dependencies]
    return {
        "apiVersion": "v2",
        "name": chart.name,
        "description": chart.description,
        "type": "application",
        "version": chart.version,
        "appVersion": chart.app_version,
        "kubeVersion": f">={chart.kube_version}-0",
        **({"dependencies": dependencies} if dependencies else {}),
        "annotations": {"artifacthub.io/images": images, "chartgen.dev/spec-sha256": chart.digest},
    }


def _header(chart: ChartView) -> str:
    return f"Default values for {chart.name}.\nREADME.md lists them, and values.schema.json checks what overrides them."
