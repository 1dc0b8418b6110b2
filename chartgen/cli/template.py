"""``chartgen template``: what ``helm template`` prints, by the same engine that lint uses."""

from __future__ import annotations

from typing import Annotated

import typer

from chartgen.cli.circumstances import given_values, render_options
from chartgen.cli.options import ColorOption, Debug, OutputFile, Quiet, Verbose, terminal
from chartgen.cli.rendering import (
    ApiVersions,
    EngineOption,
    KubeVersion,
    Namespace,
    Release,
    SetOption,
    ValuesOption,
)
from chartgen.cli.terminal import given

EXAMPLE = "chartgen template charts-output/podinfo --set replicaCount=3"


def command(
    ctx: typer.Context,
    path: Annotated[str, typer.Argument(metavar="[PATH]", help="A chart's folder or .tgz.")] = ".",
    values: ValuesOption = None,
    set_values: SetOption = None,
    output: OutputFile = None,
    include_crds: Annotated[bool, typer.Option("--include-crds", help="Print the chart's CRDs too.")] = False,
    kube_version: KubeVersion = None,
    api_versions: ApiVersions = None,
    namespace: Namespace = "default",
    release: Release = "release-name",
    engine: EngineOption = "auto",
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Print the manifests of a chart as Helm would, byte for byte."""
    from chartgen.chart.read import read_chart
    from chartgen.engine.api import Failure, Job
    from chartgen.engine.choose import open_engine
    from chartgen.engine.stream import manifest
    from chartgen.errors import InvalidInput, Problem
    from chartgen.fielddata import laid_over
    from chartgen.location import Location

    out = terminal(ctx)
    chart = read_chart(given(path))
    overlay: dict[str, object] = {}
    for one in given_values(values or ()):
        overlay = laid_over(overlay, one.values)
    options = render_options(kube_version, api_versions or (), namespace, release)
    with open_engine(engine, jobs=1) as helm:
        (answer,) = helm.render([Job(chart, overlay, tuple(set_values or ()), options)])
    text = answer if isinstance(answer, Failure) else manifest(answer, chart.name, include_crds=include_crds)
    if isinstance(text, Failure):
        where = Location(chart.display(text.path) if text.path else chart.origin, text.line, text.column)
        sources = {chart.display(name): chart.text(name) or "" for name in [text.path or ""]}
        raise InvalidInput((Problem(text.message, where, code=text.kind),), sources)
    assert not isinstance(answer, Failure)
    for objection in answer.objections:
        out.note(f"Helm may refuse this chart: {objection.message}")
    out.result(text, output)
