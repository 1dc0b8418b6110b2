"""``chartgen docs``: the table of values in a chart's README, made from the comments of its values.yaml.

The conventions are those of helm-docs (``# -- text``) and of Bitnami's readme-generator (``## @param key text``); the
table is one that they have made, or stands between the markers of ``valuesdocs.markdown``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chartgen.cli.options import ColorOption, Debug, OutputFile, Quiet, Verbose, terminal
from chartgen.cli.terminal import given
from chartgen.errors import CannotDo, InvalidInput, Problem
from chartgen.location import Location
from chartgen.tuples import NamedTuple

if TYPE_CHECKING:
    from chartgen.chart.model import Chart
    from chartgen.valuesdocs.readme import Verdict

EXAMPLE = "chartgen docs charts-output/podinfo --check"


class _Judged(NamedTuple):
    folder: Path
    chart: Chart
    verdict: Verdict
    before: str

    @property
    def is_stale(self) -> bool:
        return self.verdict.text is not None and self.verdict.text != self.before


def command(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[CHART]...", help="Charts, or folders of charts.  [default: .]")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a table is out of date.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; print what would change.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; name the files that would.")] = False,
    file: Annotated[
        str, typer.Option("--file", metavar="NAME", help="The file of the chart with the table.")
    ] = "README.md",
    output: OutputFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Bring the table of values in README.md up to date, and nothing else."""
    from chartgen.chart.model import safe_path
    from chartgen.chart.read import find_charts
    from chartgen.report.summary import counted

    out = terminal(ctx)
    try:
        file = str(safe_path(file))
    except ValueError as error:
        raise CannotDo(str(error), hint="--file is a path inside the chart") from None
    judged = [_judge(path, file) for path in find_charts(map(given, paths or ["."]))]
    placeless = [one for one in judged if not one.verdict.has_place]
    if check or len(judged) > 1:
        for one in placeless:
            out.detail(f"{one.chart.display(file)}: {one.verdict.reason}")
        judged = [one for one in judged if one.verdict.has_place]
    if problems := [_problem(one, file) for one in judged if one.verdict.text is None]:
        raise InvalidInput(tuple(problems), {one.chart.display(file): one.before for one in judged})
    stale = [one for one in judged if one.is_stale]
    if diff:
        out.result("".join(_diff(one, file) for one in stale), output)
    else:
        out.result("".join(f"{one.chart.display(file)}{_rows(one) if check else ''}\n" for one in stale), output)
        if not check and not dry_run:
            _write(stale, file)
    for one in stale:
        if f"{file}.gotmpl" in one.chart.files or (one.folder / f"{file}.gotmpl").is_file():
            out.note(f"{one.chart.display(file)} is made by helm-docs from {file}.gotmpl; this is about its table only")
    verb = "out of date" if check else "would be updated" if dry_run or diff else "updated"
    without = f", {counted(len(placeless), 'chart')} without a table" if placeless else ""
    out.summary(
        f"{counted(len(stale), 'table')} {verb}, {len(judged) - len(stale)} up to date{without}", set_apart=False
    )
    if check and stale:
        folders = " ".join(str(one.folder) for one in stale[:3]) + " ..." * (len(stale) > 3)
        out.note(f"run: chartgen docs {folders}")
        raise typer.Exit(1)


def _judge(path: Path, file: str) -> _Judged:
    """A chart and what is to be said of its README. What ``.helmignore`` leaves out is looked at nevertheless."""
    from chartgen.chart.read import read_chart
    from chartgen.valuesdocs.readme import judge

    chart = read_chart(path)
    if file not in chart.files and (path / file).is_file() and not (path / file).is_symlink():
        chart = chart._replace(files={**chart.files, file: (path / file).read_bytes()})
    verdict = judge(chart, path=file)
    return _Judged(path, chart, verdict, chart.files.get(file, b"").decode("utf-8", "replace"))


def _problem(one: _Judged, file: str) -> Problem:
    verdict = one.verdict
    where = Location(one.chart.display(file), verdict.line)
    return Problem(verdict.reason, where, verdict.hint, "values-table")


def _rows(one: _Judged) -> str:
    """Which rows are out of date, the first of them by name."""
    from chartgen.valuesdocs.readme import changed

    assert one.verdict.text is not None
    keys = changed(one.before, one.verdict.text)
    if not keys:
        return ": headings"
    return f": {', '.join(keys[:4])}" + f" and {len(keys) - 4} more" * (len(keys) > 4)


def _diff(one: _Judged, file: str) -> str:
    from chartgen.chart.changes import difference

    assert one.verdict.text is not None
    folder = one.chart.origin.rstrip("/") or "."
    return difference(f"{folder}/{file}", one.before.encode(), one.verdict.text.encode())


def _write(stale: list[_Judged], file: str) -> None:
    from chartgen.chart.write import replace_files

    if packed := [one for one in stale if not one.folder.is_dir()]:
        raise CannotDo(f"{packed[0].chart.origin!r} is packed", hint="unpack it, or only look with --check")
    for one in stale:
        assert one.verdict.text is not None
        replace_files(one.folder, {file: one.verdict.text.encode()}, {file: one.before.encode()})
