"""``chartgen explain``: the page of a rule, or of a judgement."""

from __future__ import annotations

from typing import Annotated

import typer

from chartgen.cli.options import ColorOption, Debug, OutputFile, Quiet, Verbose, terminal
from chartgen.errors import CannotDo
from chartgen.nearest import nearest

EXAMPLE = "chartgen explain floating-image-tag"


def command(
    ctx: typer.Context,
    rule_id: Annotated[
        str,
        typer.Argument(
            metavar="RULE", help="The id of a rule or judgement, as reports show it.", autocompletion=lambda: _ids()
        ),
    ],
    output: OutputFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Show a rule or a judgement: what it finds, why, and examples."""
    from chartgen.report import judgements
    from chartgen.report.rules import full_page
    from chartgen.rules.catalogue import ids, rule

    if (judgement := judgements.known(rule_id)) is not None:
        terminal(ctx).result(judgements.page(judgement), output)
        return
    if rule_id not in ids():
        close = nearest(rule_id, _ids())
        guess = f" (did you mean {close!r}?)" if close else ""
        raise CannotDo(f"unknown rule {rule_id!r}{guess}", hint=_elsewhere(rule_id) or "'chartgen rules' lists them")
    terminal(ctx).result(full_page(rule(rule_id)), output)


def _elsewhere(name: str) -> str:
    """Whose check a name is, and which rule that is here; ``""`` for a name that no tool knows."""
    from chartgen.policy.compat import NAMED, checks

    shared = ((tool, checks(tool).get(name)) for tool in NAMED)
    said = [f"{tool}'s {name} is {' and '.join(dict.fromkeys(check.rules))} here" for tool, check in shared if check]
    return "; ".join(said)


def _ids() -> list[str]:
    from chartgen.judgements import catalogue as judgements
    from chartgen.rules import catalogue as rules

    return [*rules.ids(), *judgements.ids()]
