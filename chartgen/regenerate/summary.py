"""What became of the files of a chart, in a line."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from chartgen.regenerate.plan import Plan, State

_SAID = (
    (State.NEW, "wrote {}", "would write {}"),
    (State.REPLACED, "replaced {}", "would replace {}"),
    (State.DIFFERENT, "replaced {}", "would replace {}"),
    (State.MERGED, "merged your edits in {}", "would merge your edits in {}"),
    (State.EDITED, "kept your edits in {}", "would keep your edits in {}"),
    (State.CONFLICT, "{} in conflict", "{} in conflict"),
    (State.REMOVED, "removed {}", "would remove {}"),
    (State.DELETED, "left out {} that you deleted", "would leave out {} that you deleted"),
    (State.LEFT, "left {} that you edited", "would leave {} that you edited"),
    (State.SAME, "{} unchanged", "{} unchanged"),
)


_EDITS = (State.MERGED, State.EDITED, State.DELETED, State.LEFT)


def summary(plan: Plan, *, done: bool) -> str:
    """``wrote 24 files``, ``would replace 1 file, 23 files unchanged``."""
    kept = len(plan.of(State.FOREIGN))
    others = [f"kept {_counted(kept, 'other file')}"] if kept else []
    return ", ".join([*_parts(plan, done=done), *others])


def edits(plan: Plan) -> str:
    """What became of a person's edits; ``""`` where there are none."""
    return ", ".join(_parts(plan, done=True, states=_EDITS))


def _parts(plan: Plan, *, done: bool, states: Collection[State] = tuple(State)) -> Iterator[str]:
    for state, did, would in _SAID:
        if state in states and (count := len(plan.of(state))):
            yield (did if done else would).format(_counted(count, "file"))


def _counted(count: int, what: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{count} {what}{'s' * (count != 1)}"
