"""``chartgen diff``: two charts compared and every change judged."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from chartgen.cli.diffing import diff_charts
from chartgen.cli.options import ColorOption, Debug, DiffFormatOption, DiffOutputs, Quiet, Verbose, terminal
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
    format_name: DiffFormatOption = None,
    output: DiffOutputs = None,
    fail_on: Annotated[
        Literal["major", "minor", "patch", "never"],
        typer.Option("--fail-on", help="The smallest required step that makes the exit code 1."),
    ] = "never",
    upgrade: Annotated[
        bool,
        typer.Option("--upgrade", help="Show what 'helm upgrade' does in a cluster: objects, fields, what restarts."),
    ] = False,
    switches: Annotated[
        bool | None,
        typer.Option(
            "--switches/--no-switches",
            help="Look behind what is off by default: turn it on.  [default: switches, or as a policy file says]",
        ),
    ] = None,
    kube_version: KubeVersion = None,
    api_versions: ApiVersions = None,
    namespace: Namespace = "default",
    release: Release = "release-name",
    plain_http: Annotated[bool, typer.Option("--plain-http", help="Speak HTTP to an OCI registry.")] = False,
    engine: EngineOption = "auto",
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Compare two charts and say what the step between them asks of the version."""
    code = diff_charts(
        terminal(ctx),
        old,
        new,
        values=values or (),
        set_values=set_values or (),
        format_name=format_name,
        output=output or (),
        fail_on=fail_on,
        upgrade=upgrade,
        switches=switches,
        kube_version=kube_version,
        api_versions=api_versions or (),
        namespace=namespace,
        release=release,
        engine=engine,
        plain_http=plain_http,
    )
    if code:
        raise typer.Exit(code)
