"""``chartgen diff``: two charts compared and every change judged."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import typer

from chartgen.cli.options import ColorOption, Debug, Quiet, Verbose, terminal
from chartgen.cli.rendering import (
    ApiVersions,
    EngineOption,
    KubeVersion,
    Namespace,
    Release,
    SetOption,
    ValuesOption,
)

EXAMPLE = "chartgen diff git:HEAD:charts/web charts/web"

DiffFormat = Literal["text", "concise", "json", "sarif", "github", "markdown", "html"]


def command(
    ctx: typer.Context,
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="The chart as released: a folder, .tgz, git:REF[:PATH], oci://..., https://..."
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The chart to be released.")],
    values: ValuesOption = None,
    set_values: SetOption = None,
    format_name: Annotated[
        DiffFormat | None, typer.Option("--format", help="How the result is written.  [default: text]")
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="[FORMAT=]FILE",
            help="Write the result to FILE, in the format it names or that its name ends in; repeatable. "
            "FORMAT alone writes to stdout.  [default: stdout]",
            autocompletion=lambda: [f"{name}=" for name in get_args(DiffFormat)],
        ),
    ] = None,
    fail_on: Annotated[
        Literal["major", "minor", "patch", "never"],
        typer.Option("--fail-on", help="The smallest required step that makes the exit code 1."),
    ] = "never",
    upgrade: Annotated[
        bool,
        typer.Option("--upgrade", help="Show what 'helm upgrade' does in a cluster: objects, fields, what restarts."),
    ] = False,
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
    """Compare two charts and say what the step between them asks of the version."""
    from chartgen.changes import Level
    from chartgen.cli.circumstances import given_values, render_options
    from chartgen.cli.outputs import STDOUT, outputs
    from chartgen.cli.releasing import levels_for
    from chartgen.diff.run import diff
    from chartgen.engine.choose import open_engine
    from chartgen.lint.scenarios import GivenScenario
    from chartgen.release.requirement import with_levels, with_versions
    from chartgen.release.source import chart_of
    from chartgen.report.diff import FORMATS, render_diff
    from chartgen.report.diff.text import verdict
    from chartgen.report.upgrade import FORMATS as UPGRADE_FORMATS
    from chartgen.report.upgrade import render_upgrade

    out = terminal(ctx)
    wanted = outputs(output or (), format_name, UPGRADE_FORMATS if upgrade else FORMATS)
    render = render_upgrade if upgrade else render_diff
    options = render_options(kube_version, api_versions or (), namespace, release)
    named = given_values(values or ())
    asked = [GivenScenario.of(named, tuple(set_values or ()))] if named or set_values else []
    before, after = chart_of(old, like=new, engine=engine), chart_of(new, like=old, engine=engine)
    with open_engine(engine, jobs=2) as helm:
        found = diff(before, after, engine=helm, given=asked, options=options, with_upgrade=upgrade)
    found = with_versions(with_levels(found, levels_for(new, out=out)))
    texts = [(render(found, one.format, color=one.color(out)), one.file) for one in wanted]
    out.results(texts)
    if not any(one.format == "text" and one.file == STDOUT for one in wanted):
        out.note(verdict(found))
    if found.crashed:
        raise typer.Exit(2)
    if fail_on != "never" and found.required.at_least(Level(fail_on)):
        raise typer.Exit(1)
