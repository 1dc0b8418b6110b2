"""``chartgen schema``: the JSON Schemas chartgen ships, for editors and other tools."""

from __future__ import annotations

from typing import Annotated

import typer

from chartgen.cli.options import ColorOption, Debug, OutputFile, Quiet, Verbose, terminal
from chartgen.errors import CannotDo

EXAMPLE = "chartgen schema app-spec -o app-spec.schema.json"

SCHEMAS = {
    "app-spec": "app-spec.v1",
    "policy": "policy.v1",
    "schema-rule": "schema-rule.v1",
    "report": "report.v1",
}
"""The names the command takes -> the files' short names."""


def command(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]", help="app-spec, policy, schema-rule or report.", autocompletion=lambda: list(SCHEMAS)
        ),
    ] = "app-spec",
    output: OutputFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Print a JSON Schema: of app specs, policy files, schema rules or reports."""
    from chartgen.resources import schema_text

    if name not in SCHEMAS:
        raise CannotDo(f"no schema is named {name!r}", hint=f"the schemas are {', '.join(SCHEMAS)}")
    terminal(ctx).result(schema_text(SCHEMAS[name]), output)
