"""What ``chartgen generate`` says about a folder, and why it would rather not write into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from chartgen.errors import CannotDo, ChartgenError, EngineError, InvalidInput, Problem, Unmerged
from chartgen.location import Location
from chartgen.regenerate.plan import DESCRIPTION, Plan, State
from chartgen.report.style import on_line
from chartgen.report.summary import counted

if TYPE_CHECKING:
    from chartgen.chart.model import Chart


def listed(plan: Plan, folder: Path, *states: State) -> Iterator[str]:
    """A line for each file of which one of these states becomes, and for the record where that changes."""
    yield from (f"{step.state.value:<9}  {on_line(str(folder / step.path))}" for step in plan.of(*states))
    for path in sorted(plan.record):
        if plan.record[path] != plan.present.record.get(path):
            yield f"{'recorded':<9}  {folder / path}"


WRITTEN = (State.NEW, State.REPLACED, State.MERGED, State.CONFLICT, State.REMOVED, State.DIFFERENT)
"""What becomes of files that change."""

NAMED = (*WRITTEN, State.EDITED, State.DELETED, State.LEFT)
"""What becomes of files of which more is to be said than that they stay."""


def is_adopted(plan: Plan) -> bool:
    """Whether it was not known until now what was generated in a chart that was there."""
    return plan.present.base is None and bool(plan.present.files)


def obstacle(plan: Plan, folder: Path, chart: Chart, tell: Callable[[str], None]) -> ChartgenError | None:
    """Why a plan is not carried out: another chart is there, nobody knows whose a difference is, a conflict, or what
    would not render.

    ``tell`` is told where it could not be rendered.
    """
    if (name := _other(plan, chart)) and plan.present.base is not None:
        return CannotDo(
            f"{str(folder)!r} holds the chart {name!r}, and the spec makes {chart.name!r}",
            hint="-o DIR writes elsewhere, --force replaces it; "
            f"if it is called otherwise now, write that into {folder / DESCRIPTION}, and your edits stay",
        )
    if different := [step.path for step in plan.of(State.DIFFERENT)]:
        return CannotDo(
            f"{counted(len(different), 'file')} in {str(folder)!r} would be replaced: "
            f"{', '.join(different[:3])}{', ...' * (len(different) > 3)}",
            hint="--diff shows the changes, --force makes them, -o DIR writes elsewhere",
        )
    if plan.conflicts:
        from chartgen.regenerate.refusal import in_conflict

        return in_conflict(plan, folder, _DECIDE)
    if plan.present.base is None or not plan.is_mixed:
        return None
    return _rendered(plan, folder, chart, tell)


def _other(plan: Plan, chart: Chart) -> str:
    """The name of the chart that is there, where it has another one; ``""`` otherwise."""
    from chartgen.chart.read import metadata

    name = metadata(plan.present.files.get(DESCRIPTION, b"")).get("name")
    return name if isinstance(name, str) and name != chart.name else ""


_DECIDE = (
    "--conflicts mine keeps your side of each, --conflicts generated takes the other; "
    "--diff shows both, --force gives up all edits"
)


def _rendered(plan: Plan, folder: Path, chart: Chart, tell: Callable[[str], None]) -> Unmerged | None:
    """Render the chart as it would be."""
    from chartgen.chart.read import read_chart
    from chartgen.engine.choose import open_engine
    from chartgen.regenerate.proof import objection

    try:
        present = read_chart(folder)
    except (CannotDo, InvalidInput):
        return None  # it did not render before either
    try:
        with open_engine(jobs=1) as engine:
            return objection(plan, present, chart.files, engine, more=_MORE)
    except EngineError as error:
        tell(f"whether the chart renders with your edits was not tried: {error.message}")
        return None


_MORE = "; --diff shows what would be written, --force gives up all edits"


def warnings(error: ChartgenError | None, plan: Plan) -> Iterator[tuple[Problem, Mapping[str, str]]]:
    """What an obstacle says, for those who only look; with the texts of the files it names.

    That files differ, those who look see themselves.
    """
    if isinstance(error, CannotDo) and not plan.of(State.DIFFERENT):
        yield Problem(error.message, Location(), error.hint, warning=True), {}
    if isinstance(error, Unmerged):
        for problem in error.problems:
            if problem.code:
                yield problem._replace(warning=True), error.sources


def left_over(plan: Plan, folder: Path) -> Iterator[Problem]:
    """A warning about files that an earlier spec made and this one does not; they may not fit the chart any more."""
    if edited := [step.path for step in plan.of(State.LEFT)]:
        are = "is" if len(edited) == 1 else "are"
        yield Problem(
            f"{counted(len(edited), 'file')} that you edited {are} no longer generated: {_named(edited)}",
            Location(),
            "delete what you need no more; it may not fit the chart any more",
            warning=True,
        )
    # Where it is not known what was generated, names tell.
    ours = any(step.path == "Chart.yaml" and b"chartgen.dev/" in (step.before or b"") for step in plan.steps)
    if ours and plan.present.base is None:
        paths = [step.path for step in plan.of(State.FOREIGN) if _made_before(step.path, folder)]
        if paths:
            yield Problem(
                f"{counted(len(paths), 'file')} may be left over from an earlier spec: {_named(paths)}",
                Location(),
                "delete what you did not write; it may not fit the chart any more",
                warning=True,
            )


def _named(paths: list[str]) -> str:
    return f"{', '.join(paths[:8])}{', ...' * (len(paths) > 8)}"


def _made_before(path: str, folder: Path) -> bool:
    """Whether a spec made a file. People write values files of their own, so that those are looked into."""
    from chartgen.cli.terminal import read_input
    from chartgen.generate.overlays import HEADER
    from chartgen.generate.plan import made_by_some_spec

    if not made_by_some_spec(path) or "/" in path:
        return made_by_some_spec(path)
    return read_input(str(folder / path)).startswith(f"# {HEADER}".encode())
