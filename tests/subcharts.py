"""Stand-ins for the charts that a generated chart depends on, since tests fetch nothing."""

from __future__ import annotations

from chartgen.chart.model import Chart


def with_subcharts(chart: Chart) -> Chart:
    """The chart as after ``helm dependency update``, with one that makes nothing in place of each it depends on."""
    wanted = {(one["name"], one["version"]) for one in chart.metadata.get("dependencies", ())}
    if not wanted:
        return chart
    files: dict[str, str | bytes] = dict(chart.files)
    for name, version in sorted(wanted):
        files[f"charts/{name}/Chart.yaml"] = f'apiVersion: v2\nname: {name}\nversion: "{version}"\n'
        files[f"charts/{name}/templates/nothing.yaml"] = "{{- $_ := toYaml .Values }}\n"
    return Chart.of(files, metadata=chart.metadata)
