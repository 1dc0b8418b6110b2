"""Whether a chart with a person's edits still renders: texts that merge without a conflict may not fit each other."""

from __future__ import annotations

from collections.abc import Mapping

from chartgen.chart.ignore import BadPattern, Ignore
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.engine.api import Engine, Failure, Job
from chartgen.engine.stream import manifest
from chartgen.errors import Problem, Unmerged
from chartgen.location import Location
from chartgen.regenerate.plan import Plan, State
from chartgen.regenerate.refusal import CONFLICT


def after(plan: Plan, chart: Chart) -> Chart:
    """The chart that was read from a folder as it will be there, without what its ``.helmignore`` leaves out."""
    planned = {step.path: step.after for step in plan.steps if step.state is not State.FOREIGN}
    files = {path: content for path, content in {**chart.files, **planned}.items() if content is not None}
    return _chart(files, chart)


def objection(
    plan: Plan, chart: Chart, generated: Mapping[str, bytes], engine: Engine, *, more: str = ""
) -> Unmerged | None:
    """Why the chart would not render any more, though it does now, and what is generated does by itself.

    ``chart`` is what is in the folder, ``more`` what else may be done about it. That a dependency has yet to be fetched
    is no objection.
    """
    made = after(plan, chart)
    failure = _failure(made, engine)
    if failure is None or failure.kind == "constraint":
        return None
    dependencies = {path: content for path, content in chart.files.items() if path.startswith("charts/")}
    alone = _chart({**dependencies, **generated}, chart)
    if _failure(chart, engine) is not None or _failure(alone, engine) is not None:
        return None
    file = made.display(failure.path) if failure.path else made.origin
    problem = Problem(
        f"with your edits the chart would not render any more: {failure.message}",
        Location(file, failure.line, failure.column),
        _LEFT if failure.path in {step.path for step in plan.of(State.LEFT)} else _EDITED + more,
        CONFLICT,
    )
    return Unmerged((problem,), {file: made.text(failure.path or "") or ""})


_EDITED = "nothing is written; change your edit so that it fits both, or take it out until the chart is generated"
_LEFT = "nothing is written; the file is no longer generated, and only there because you edited it: delete it"


def _failure(chart: Chart, engine: Engine) -> Failure | None:
    (answer,) = engine.render([Job(chart)])
    found = answer if isinstance(answer, Failure) else manifest(answer, chart.name)
    return found if isinstance(found, Failure) else None


def _chart(files: Mapping[str, bytes], like: Chart) -> Chart:
    """Some files as a chart. A ``.helmignore`` that Helm refuses is told when the chart is read the next time."""
    try:
        ignore = Ignore(files.get(".helmignore", b"").decode("utf-8", "replace"))
    except BadPattern:
        ignore = Ignore()
    kept = {path: content for path, content in sorted(files.items()) if ignore.keeps(path)}
    return like._replace(files=kept, metadata=metadata(kept.get("Chart.yaml", b"")))
