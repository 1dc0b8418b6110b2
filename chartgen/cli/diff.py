"""``chartgen diff``: two charts compared and every change judged."""

from __future__ import annotations

from typing import Annotated

import typer

from chartgen.cli.options import ColorOption, Debug, OutputFile, Quiet, Verbose, terminal
from chartgen.cli.rendering import EngineOption
from chartgen.cli.terminal import given

EXAMPLE = "chartgen diff git:HEAD:charts/web charts/web"


def command(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The chart as released: folder, .tgz, git:REF[:PATH].")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The chart to be released.")],
    output: OutputFile = None,
    engine: EngineOption = "auto",
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Compare two charts and say what the step between them asks of the version."""
    from chartgen.chart.read import read_chart
    from chartgen.diff.run import diff
    from chartgen.engine.choose import open_engine
    from chartgen.report.diff_text import report

    out = terminal(ctx)
    before, after = read_chart(given(old)), read_chart(given(new))
    with open_engine(engine, jobs=2) as helm:
        found = diff(before, after, engine=helm)
    out.result(report(found, color=out.color_for(output)), output)
    if found.crashed:
        raise typer.Exit(2)
