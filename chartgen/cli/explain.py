"""``chartgen explain``: a rule's page."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

import typer

from chartgen.cli.options import ColorOption, Debug, OutputFile, Quiet, Verbose, terminal
from chartgen.errors import CannotDo

EXAMPLE = "chartgen explain floating-image-tag"


def command(
    ctx: typer.Context,
    rule_id: Annotated[
        str,
        typer.Argument(
            metavar="RULE", help="The rule's id, as 'chartgen rules' lists it.", autocompletion=lambda: _ids()
        ),
    ],
    output: OutputFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Show a rule: what it finds, why, a bad and a good example."""
    from chartgen.report.rules import page
    from chartgen.rules.catalogue import ids, rule

    if rule_id not in ids():
        close = get_close_matches(rule_id, ids(), n=1, cutoff=0.6)
        guess = f" (did you mean {close[0]!r}?)" if close else ""
        raise CannotDo(f"unknown rule {rule_id!r}{guess}", hint="'chartgen rules' lists them")
    terminal(ctx).result(page(rule(rule_id)), output)


def _ids() -> list[str]:
    from chartgen.rules.catalogue import ids

    return list(ids())
