"""``chartgen rules``: every rule in one table."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from chartgen.cli.options import ColorOption, Debug, OutputFile, Quiet, Verbose, terminal

EXAMPLE = "chartgen rules --format json"


def command(
    ctx: typer.Context,
    format_name: Annotated[
        Literal["text", "concise", "json"], typer.Option("--format", help="How the list is written.")
    ] = "text",
    output: OutputFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """List the rules with their severity and profile."""
    from chartgen.report.rules import table
    from chartgen.rules.catalogue import all_rules

    out = terminal(ctx)
    rules = all_rules()
    out.result(table(rules, format_name, color=out.color_for(output)), output)
    out.note(f"{len(rules)} rules; 'chartgen explain RULE' shows one")
