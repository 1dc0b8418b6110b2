"""``chartgen generate``: a chart from an app spec."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chartgen.cli.options import ColorOption, Debug, Quiet, Verbose, terminal
from chartgen.cli.terminal import given, read_input
from chartgen.errors import CannotDo, InvalidInput, Problem
from chartgen.location import Location
from chartgen.report.summary import counted

if TYPE_CHECKING:
    from chartgen.chart.changes import FileChange
    from chartgen.spec.model import AppSpec

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
    from shlex import quote

    from chartgen.chart.changes import Kind, changes
    from chartgen.generate.generate import generate
    from chartgen.report.style import clean
    from chartgen.report.text import problem
    from chartgen.spec.beside import beside, nowhere
    from chartgen.spec.validate import judged

    out = terminal(ctx)
    result = judged(read_input(spec), file=spec, read=nowhere if spec == "-" else beside(spec))
    if result.app is None:
        raise InvalidInput(result.problems, {spec: result.text})
    for warning in result.problems:
        out.note(problem(warning, {spec: result.text}, color=out.colored(sys.stderr)))
    chart = generate(result.app)
    folder = Path("charts-output", chart.name) if output is None else given(output)
    found = changes(chart, folder)
    if diff:
        out.result("".join(change.diff(folder.as_posix()) for change in found))
    elif dry_run:
        out.result("".join(f"{change.kind.value:<9}  {folder / change.path}\n" for change in found))
    else:
        different = [change.path for change in found if change.kind is Kind.DIFFERENT]
        if different and not force:
            raise CannotDo(
                f"{counted(len(different), 'file')} in {str(folder)!r} would be replaced: "
                f"{', '.join(different[:3])}{', ...' * (len(different) > 3)}",
                hint="--diff shows the changes, --force makes them, -o DIR writes elsewhere",
            )
        if any(change.kind in (Kind.NEW, Kind.DIFFERENT) for change in found):
            from chartgen.chart.write import write_chart

            write_chart(chart, folder, force=force)
        out.result(f"{folder}\n")
    for line in _environments(result.app, every=out.verbose):
        out.note(clean(line))
    out.note(_summary(found, written=not (diff or dry_run)))
    lacking = [] if diff or dry_run else list(_lacking(result.app, folder))
    if lacking:
        out.note(f"run 'helm dependency update {quote(str(folder))}' to fetch {', '.join(lacking)}")
    for warning in _left_over(found, folder):
        out.note(problem(warning, {}, color=out.colored(sys.stderr)))


MOST_DIFFERENCES = 8
"""Values of one environment that are shown without ``--verbose``."""


def _environments(app: AppSpec, *, every: bool) -> Iterator[str]:
    """What the values of each environment are in place of: a table for each."""
    from chartgen.generate.overlays import differences

    for name, found in differences(app).items():
        yield f"{name}: {counted(len(found), 'value')} {'differs' if len(found) == 1 else 'differ'}"
        shown = found if every or len(found) <= MOST_DIFFERENCES else found[: MOST_DIFFERENCES - 1]
        width = max((len(one.path.dotted) for one in shown), default=0)
        yield from (f"  {one.path.dotted:<{width}}  {_short(one.old)} -> {_short(one.new)}" for one in shown)
        if len(shown) < len(found):
            yield f"  ... and {len(found) - len(shown)} more, which --verbose shows"


def _lacking(app: AppSpec, folder: Path) -> Iterator[str]:
    """The charts that the chart depends on and that are not there yet."""
    for chart in (need.chart for need in app.needs if need.chart):
        there = (folder / "charts" / chart.name).is_dir() or any((folder / "charts").glob(f"{chart.name}-*.tgz"))
        if not there:
            yield f"{chart.name} {chart.version}"


def _short(value: object) -> str:
    """A value on one line, not too long."""
    import json

    from chartgen.generate.overlays import ABSENT

    if value is ABSENT:
        return "(none)"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


LONGEST_SHOWN = 48
"""Characters of a value that are shown."""


def _summary(found: tuple[FileChange, ...], *, written: bool) -> str:
    """``wrote 24 new files``, ``would replace 1 file, 23 unchanged``."""
    from chartgen.chart.changes import Kind

    counts = {kind: sum(change.kind is kind for change in found) for kind in Kind}
    verbs = {Kind.NEW: ("wrote", "would write"), Kind.DIFFERENT: ("replaced", "would replace")}
    said = [f"{verb[not written]} {counted(counts[kind], 'file')}" for kind, verb in verbs.items() if counts[kind]]
    said += [f"{counted(counts[Kind.SAME], 'file')} unchanged"] * bool(counts[Kind.SAME])
    said += [f"kept {counted(counts[Kind.FOREIGN], 'other file')}"] * bool(counts[Kind.FOREIGN])
    return ", ".join(said)


def _left_over(found: tuple[FileChange, ...], folder: Path) -> Iterator[Problem]:
    """A warning about files that an earlier spec made and this one does not; they may not fit the chart any more."""
    from chartgen.chart.changes import Kind

    ours = any(change.path == "Chart.yaml" and b"chartgen.dev/" in change.before for change in found)
    paths = [change.path for change in found if change.kind is Kind.FOREIGN and _made_before(change.path, folder)]
    if ours and paths:
        yield Problem(
            f"{counted(len(paths), 'file')} may be left over from an earlier spec: "
            f"{', '.join(paths[:8])}{', ...' * (len(paths) > 8)}",
            Location(),
            "delete what you did not write; it may not fit the chart any more",
            warning=True,
        )


def _made_before(path: str, folder: Path) -> bool:
    """Whether a spec made a file. People write values files of their own, so that those are looked into."""
    from chartgen.generate.overlays import HEADER
    from chartgen.generate.plan import made_by_some_spec

    if not made_by_some_spec(path) or "/" in path:
        return made_by_some_spec(path)
    return read_input(str(folder / path)).startswith(f"# {HEADER}".encode())
