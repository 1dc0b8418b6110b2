"""``chartgen lint``: charts rendered through Helm and judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from chartgen.cli.options import ColorOption, Debug, FormatOption, OutputFile, Quiet, Verbose, terminal
from chartgen.cli.rendering import (
    ApiVersions,
    EngineOption,
    Jobs,
    KubeVersion,
    Namespace,
    Release,
    SetOption,
    ValuesOption,
    given_values,
    render_options,
)
from chartgen.cli.terminal import given
from chartgen.errors import CannotDo, ChartgenError

if TYPE_CHECKING:
    from chartgen.chart.model import Chart

EXAMPLE = "chartgen lint charts-output/podinfo --profile strict"


def command(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Charts, .tgz archives or folders of charts.  [default: .]"),
    ] = None,
    values: ValuesOption = None,
    set_values: SetOption = None,
    format_name: FormatOption = "text",
    output: OutputFile = None,
    fail_on: Annotated[
        Literal["error", "warning", "info", "never"],
        typer.Option("--fail-on", help="The mildest severity that makes the exit code 1."),
    ] = "error",
    profile: Annotated[
        Literal["baseline", "recommended", "strict"],
        typer.Option("--profile", help="How demanding to be; each profile contains the ones before it."),
    ] = "recommended",
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="RULE", help="Run this rule or group instead of a profile; repeatable."),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="RULE", help="Leave out this rule or group; repeatable."),
    ] = None,
    kube_version: KubeVersion = None,
    api_versions: ApiVersions = None,
    namespace: Namespace = "default",
    release: Release = "release-name",
    engine: EngineOption = "auto",
    jobs: Jobs = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Render charts through Helm under all their values and judge the result."""
    from chartgen.engine.choose import open_engine
    from chartgen.findings import Severity
    from chartgen.lint.run import Settings, lint
    from chartgen.policy.model import Policy
    from chartgen.report import render_report
    from chartgen.report.summary import of_report
    from chartgen.rules.base import Profile

    out = terminal(ctx)
    settings = Settings(
        policy=Policy(Profile(profile), tuple(_names(select)), tuple(_names(ignore))),
        values=given_values(values or ()),
        set_values=tuple(set_values or ()),
        options=render_options(kube_version, api_versions or (), namespace, release),
    )
    with open_engine(engine, jobs=jobs) as helm:
        report = lint(read_charts(paths or ["."]), engine=helm, settings=settings)
    text = render_report(report, format_name, color=out.color_for(output))
    out.result(text, output)
    for chart in report.charts:
        out.detail(f"linted {chart}")
    out.summary(of_report(report), set_apart=bool(text) and format_name == "text" and output is None)
    if report.crashed:
        raise typer.Exit(2)
    raise typer.Exit(int(fail_on != "never" and report.worst_at_least(Severity(fail_on))))


def read_charts(paths: Sequence[str]) -> list[Chart | ChartgenError]:
    """The charts below some paths; one that cannot be read is there as the error that says why.

    Raises CannotDo for a path that does not exist or holds no chart.
    """
    from chartgen.chart.read import find_charts, read_chart

    charts: list[Chart | ChartgenError] = []
    for path in find_charts(map(given, paths)):
        try:
            charts.append(read_chart(path))
        except ChartgenError as error:
            charts.append(error)
    return charts


def _names(given: list[str] | None) -> list[str]:
    """Rule names of a repeatable option, each of which may hold several between commas."""
    names = [name.strip() for one in given or () for name in one.split(",")]
    if "" in names:
        raise CannotDo(
            "a rule's name is empty in --select or --ignore", hint="write --ignore RULE or --ignore RULE,RULE"
        )
    return names
