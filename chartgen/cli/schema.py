"""``chartgen schema``: the JSON Schemas chartgen ships, and values.schema.json for a chart from anyone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chartgen.cli.options import ColorOption, Debug, OutputFile, Quiet, Verbose, terminal
from chartgen.cli.terminal import Terminal, given
from chartgen.errors import CannotDo, InvalidInput, Problem

if TYPE_CHECKING:
    from chartgen.chart.model import Chart

EXAMPLE = "chartgen schema app-spec -o app-spec.schema.json\n  chartgen schema --values charts-output/podinfo"

SCHEMAS = {
    "app-spec": "app-spec.v1",
    "policy": "policy.v1",
    "schema-rule": "schema-rule.v1",
    "report": "report.v1",
}
"""The names the command takes -> the files' short names."""


def command(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME | CHART...]",
            help="app-spec, policy, schema-rule or report; with --values, charts.  [default: app-spec, or .]",
            autocompletion=lambda: list(SCHEMAS),
        ),
    ] = None,
    values: Annotated[
        bool, typer.Option("--values", help="Infer values.schema.json from values.yaml and the templates.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Write each chart's values.schema.json.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if one is out of date.")] = False,
    strict: Annotated[
        bool | None,
        typer.Option(
            "--strict/--no-strict",
            help="Refuse unknown keys, and other types than those of the defaults.  [default: as the schema there is]",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a values.schema.json written by hand.")] = False,
    output: OutputFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Print a JSON Schema: one that chartgen ships, or that of a chart's values."""
    out = terminal(ctx)
    if values:
        _values(out, names or ["."], write=write, check=check, strict=strict, force=force, output=output)
        return
    if write or check or strict is not None or force:
        raise CannotDo("--write, --check, --strict and --force are for --values", hint="chartgen schema --values CHART")
    _shipped(out, names or ["app-spec"], output)


def _shipped(out: Terminal, names: list[str], output: str | None) -> None:
    from chartgen.resources import schema_text

    if len(names) > 1:
        raise CannotDo(f"unexpected arguments ({' '.join(names[1:])})", hint="see 'chartgen schema --help'")
    (name,) = names
    if name not in SCHEMAS:
        charts = "; for a chart's values add --values" if (Path(name) / "Chart.yaml").is_file() else ""
        raise CannotDo(f"no schema is named {name!r}", hint=f"the schemas are {', '.join(SCHEMAS)}{charts}")
    out.result(schema_text(SCHEMAS[name]), output)


def _values(
    out: Terminal, paths: list[str], *, write: bool, check: bool, strict: bool | None, force: bool, output: str | None
) -> None:
    from chartgen.chart.read import find_charts, read_chart
    from chartgen.valuesdocs.schema import values_schema

    found = find_charts(map(given, paths))
    if write and check:
        raise CannotDo("--write and --check exclude each other", hint="choose one")
    if write and output is not None:
        raise CannotDo("--write and -o exclude each other", hint="--write puts the schema into the chart")
    charts = [(path, read_chart(path)) for path in found]
    if check:
        _check(out, charts, strict=strict, output=output)
    elif write:
        _write(out, charts, strict=strict, force=force)
    elif len(charts) > 1:
        raise CannotDo(f"there are {len(charts)} charts in {' '.join(paths)!r}", hint="name one, or add --write")
    else:
        out.result(values_schema(charts[0][1], strict=bool(strict)), output)


def _check(out: Terminal, charts: list[tuple[Path, Chart]], *, strict: bool | None, output: str | None) -> None:
    """One line for each schema that is out of date; what somebody else wrote only has to accept the chart's values."""
    from chartgen.report.summary import counted
    from chartgen.valuesdocs.schema import SCHEMA, is_own, judged, values_schema

    stale = []
    problems: list[Problem] = []
    for path, chart in charts:
        before = chart.text(SCHEMA)
        if before is not None and not is_own(before):
            out.detail(f"{chart.display(SCHEMA)} is written by hand: only whether it accepts the chart's values counts")
            problems += judged(chart)
        elif before != values_schema(chart, strict=_strictness(before, strict)):
            stale.append(f"{chart.display(SCHEMA)}: {'out of date' if before is not None else 'missing'}\n")
            out.note(f"run: chartgen schema --values {path} --write{' --strict' * bool(strict)}")
    out.result("".join(stale), output)
    if problems:
        raise InvalidInput(tuple(problems))
    out.summary(f"{counted(len(stale), 'schema')} out of date, {len(charts) - len(stale)} up to date", set_apart=False)
    if stale:
        raise typer.Exit(1)


def _strictness(before: str | None, asked: bool | None) -> bool:
    """What was asked for; else what the schema that is there was made with."""
    from chartgen.valuesdocs.schema import is_strict

    return is_strict(before or "") if asked is None else asked


def _write(out: Terminal, charts: list[tuple[Path, Chart]], *, strict: bool | None, force: bool) -> None:
    from chartgen.cli.writing import write_all
    from chartgen.valuesdocs.schema import SCHEMA, is_own, values_schema

    texts: dict[Path, str] = {}
    for path, chart in charts:
        if not path.is_dir():
            raise CannotDo(f"{str(path)!r} is packed", hint="unpack it, or print the schema without --write")
        before = chart.text(SCHEMA)
        if before is not None and not is_own(before) and not force:
            raise CannotDo(
                f"{chart.display(SCHEMA)!r} was not made by chartgen",
                hint="--force replaces it; without --write the schema is printed",
            )
        after = values_schema(chart, strict=_strictness(before, strict))
        if after != before:
            texts[path / SCHEMA] = after
    write_all(texts)
    out.result("".join(f"{path}\n" for path in texts))
