"""``chartgen generate``: a chart from an app spec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from chartgen.cli.options import ColorOption, Debug, Quiet, Verbose

if TYPE_CHECKING:
    pass

EXAMPLE = "chartgen generate examples/podinfo.yaml"


def command(
    ctx: typer.Context,
    spec: Annotated[str, typer.Argument(metavar="SPEC", help="The app spec; - is standard input.")],
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="DIR", help="Write the chart to DIR.  [default: charts-output/NAME]"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; say what would be written.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files of DIR that differ from what is generated.")
    ] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Write the complete Helm chart an app spec describes."""
