"""``chartgen generate``: a chart from an app spec, over what people have edited in the one that is there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from chartgen.cli.options import ColorOption, Debug, Quiet, Verbose, terminal
from chartgen.cli.terminal import given, read_input
from chartgen.errors import InvalidInput
from chartgen.report.summary import counted

if TYPE_CHECKING:
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
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if anything would change.")] = False,
    conflicts: Annotated[
        Literal["mine", "generated"] | None,
        typer.Option("--conflicts", help="Where your edits and what is generated collide, take this side."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files of DIR that differ from what is generated, edits too.")
    ] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Write the complete Helm chart an app spec describes.

    What was edited in the chart since it was generated stays.
    """
    from shlex import join, quote

    from chartgen.cli.generating import NAMED, WRITTEN, is_adopted, left_over, listed, obstacle, warnings
    from chartgen.generate.generate import generate
    from chartgen.regenerate.base import FOLDER as RECORD
    from chartgen.regenerate.folder import look, write
    from chartgen.regenerate.plan import State, plan
    from chartgen.regenerate.summary import summary
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
    made = plan(chart.files, look(folder, chart.files, force=force), side=conflicts, force=force)
    against = None if force else obstacle(made, folder, chart, out.note)
    writes = not (diff or dry_run or check)
    if writes and against is not None:
        raise against
    if diff:
        out.result("".join(step.diff(folder.as_posix()) for step in made.steps))
    elif not writes:
        out.result("".join(f"{line}\n" for line in listed(made, folder, *(WRITTEN if check else State))))
    else:
        write(made, folder)
        out.result(f"{folder}\n")
        for line in listed(made, folder, *NAMED):
            out.detail(line)
    for warning, sources in warnings(against, made):
        out.note(problem(warning, sources, color=out.colored(sys.stderr)))
    for line in _environments(result.app, every=out.verbose):
        out.note(clean(line))
    out.note(summary(made, done=writes))
    if writes and is_adopted(made):
        out.note(f"what is generated is now recorded in {str(folder / RECORD)!r}: commit it, and your edits stay")
    lacking = list(_lacking(result.app, folder)) if writes else []
    if lacking:
        out.note(f"run 'helm dependency update {quote(str(folder))}' to fetch {', '.join(lacking)}")
    for warning in left_over(made, folder):
        out.note(problem(warning, {}, color=out.colored(sys.stderr)))
    if check and (made.writes or against is not None):
        given_too = {"-o": output, "--conflicts": conflicts}
        options = [word for name, value in given_too.items() if value is not None for word in (name, value)]
        out.note(f"run: {join(['chartgen', 'generate', spec, *options, *['--force'] * force])}")
        raise typer.Exit(1)


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
