"""Why a chart is not generated anew, as an error with every place that is in the way."""

from __future__ import annotations

from pathlib import PurePath

from chartgen.errors import Problem, Unmerged
from chartgen.location import Location
from chartgen.regenerate.conflict import Conflict
from chartgen.regenerate.plan import Plan


def in_conflict(plan: Plan, folder: PurePath, decide: str) -> Unmerged:
    """The error about the conflicts of a plan; ``decide`` says what may be done about them."""
    texts = {str(folder / step.path): (step.before or b"").decode("utf-8", "replace") for step in plan.conflicts}
    problems = [_problem(one, str(folder / step.path)) for step in plan.conflicts for one in step.conflicts]
    edits = "1 edit collides" if len(problems) == 1 else f"{len(problems)} edits collide"
    said = f"nothing is written: {edits} with what is now generated"
    problems.append(Problem(said, Location(), decide))
    return Unmerged(tuple(problems), texts)


def _problem(one: Conflict, file: str) -> Problem:
    if one.line is None:
        return Problem(f"{file}: {one.message}", Location(), one.hint, CONFLICT)
    return Problem(one.message, Location(file, one.line, one.column), one.hint, CONFLICT)


CONFLICT = "conflict"
"""The code of what somebody has to decide."""
