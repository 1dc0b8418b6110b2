"""``chartgen config``: the policy under which a chart is linted."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from chartgen.cli.options import ColorOption, Debug, OutputFile, Quiet, Verbose, terminal
from chartgen.cli.terminal import given

EXAMPLE = "chartgen config charts-output/podinfo"


def command(
    ctx: typer.Context,
    path: Annotated[str, typer.Argument(metavar="[PATH]", help="A chart, or a folder of charts.")] = ".",
    config: Annotated[
        str | None,
        typer.Option("--config", metavar="FILE", help="The policy file.  [default: the nearest .chartgen.yaml above]"),
    ] = None,
    format_name: Annotated[
        Literal["text", "json"], typer.Option("--format", help="A policy file, or JSON with every rule that runs.")
    ] = "text",
    output: OutputFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Show the policy under which a chart is linted, and the file it comes from."""
    from chartgen.cli.policies import PolicyFiles
    from chartgen.errors import CannotDo
    from chartgen.policy.build import Wishes
    from chartgen.report.policy import policy_text

    out = terminal(ctx)
    folder = given(path)
    if not folder.exists():
        raise CannotDo(f"{path!r} does not exist", hint="name a chart or a folder")
    policies = PolicyFiles(Wishes(), only=config, named=[path])
    out.result(policy_text(policies.config(folder), policies.policy(folder), format_name), output)
