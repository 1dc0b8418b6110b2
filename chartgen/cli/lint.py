"""``chartgen lint``: charts rendered through Helm and judged."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from chartgen.cli.linting import lint_paths
from chartgen.cli.options import ColorOption, Debug, LintFormatOption, Outputs, Quiet, Verbose, terminal
from chartgen.cli.rendering import (
    ApiVersions,
    EngineOption,
    Jobs,
    KubeVersions,
    Namespace,
    Release,
    SchemaLocation,
    SetOption,
    ValuesOption,
)

EXAMPLE = "chartgen lint charts-output/podinfo --profile strict"


def command(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Charts, .tgz archives, folders of charts, or rendered manifests (.yaml, .json, -).  [default: .]",
        ),
    ] = None,
    values: ValuesOption = None,
    set_values: SetOption = None,
    format_name: LintFormatOption = None,
    output: Outputs = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count findings by rule instead of listing them.")
    ] = False,
    fail_on: Annotated[
        Literal["error", "warning", "info", "never"] | None,
        typer.Option("--fail-on", help="The mildest severity that makes the exit code 1.  [default: error]"),
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found; as --fail-on never.")
    ] = False,
    profile: Annotated[
        Literal["baseline", "recommended", "strict", "pss-baseline", "pss-restricted"] | None,
        typer.Option(
            "--profile",
            help="How demanding to be: baseline within recommended within strict, or a Pod Security level."
            "  [default: recommended]",
        ),
    ] = None,
    compat: Annotated[
        Literal["kube-linter", "kube-score", "polaris", "checkov"] | None,
        typer.Option("--compat", help="Run the checks shared with this tool instead of a profile, as it reads them."),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="RULE",
            help="Run this rule or group instead of a profile; repeatable.",
            autocompletion=lambda: _names(),
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore",
            metavar="RULE",
            help="Leave out this rule or group; repeatable.",
            autocompletion=lambda: _names(),
        ),
    ] = None,
    policy: Annotated[
        list[str] | None,
        typer.Option(
            "--policy",
            metavar="PATH",
            help="Run the policies in this file or folder, too: ValidatingAdmissionPolicies, SchemaRules; repeatable.",
        ),
    ] = None,
    config: Annotated[
        str | None,
        typer.Option(
            "--config",
            metavar="FILE",
            help="The policy file.  [default: the nearest .chartgen.yaml from a chart upwards]",
        ),
    ] = None,
    no_config: Annotated[bool, typer.Option("--no-config", help="Read no policy file.")] = False,
    baseline: Annotated[
        str | None, typer.Option("--baseline", metavar="FILE", help="Leave out the findings that this file holds.")
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Write what is found to the --baseline file.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="REF", help="Lint only charts changed since this commit, and those that take them in."
        ),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Edit charts where a fix is safe and is proved by rendering again.")
    ] = False,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="With --fix or --diff: also fixes that choose something for you.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would do and write nothing; exit with 1 if it is something.")
    ] = False,
    dependency_update: Annotated[
        bool,
        typer.Option("--dependency-update", help="First fetch what charts lack into their charts/, as Helm does."),
    ] = False,
    kube_version: KubeVersions = None,
    schema_location: SchemaLocation = None,
    api_versions: ApiVersions = None,
    namespace: Namespace = "default",
    release: Release = "release-name",
    engine: EngineOption = "auto",
    jobs: Jobs = None,
    shard: Annotated[
        str | None,
        typer.Option("--shard", metavar="N/M", help="Lint the Nth of M parts of the charts, for a CI matrix."),
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Lint every chart, also those known from before.")
    ] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Render charts through Helm under all their values and judge the result."""
    raise typer.Exit(
        lint_paths(
            terminal(ctx),
            paths or (),
            values=values or (),
            set_values=set_values or (),
            format_name=format_name,
            output=output or (),
            statistics=statistics,
            fail_on=fail_on or "",
            exit_zero=exit_zero,
            profile=profile or "",
            compat=compat or "",
            policy=policy or (),
            config=config,
            no_config=no_config,
            baseline=baseline,
            update_baseline=update_baseline,
            select=select or (),
            ignore=ignore or (),
            since=since,
            kube_version=kube_version or (),
            schema_location=schema_location or (),
            api_versions=api_versions or (),
            namespace=namespace,
            release=release,
            engine=engine,
            jobs=jobs,
            shard=shard,
            cache=not no_cache,
            fix=fix,
            unsafe=unsafe,
            diff=diff,
            dependency_update=dependency_update,
        )
    )


def _names() -> list[str]:
    """What ``--select`` and ``--ignore`` take: rules and their groups."""
    from chartgen.rules.catalogue import ids

    groups = dict.fromkeys(module.split(".")[2] for module in ids().values())
    return [*groups, *ids()]
