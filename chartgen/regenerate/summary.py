"""What became of the files of a chart, in a line."""

from __future__ import annotations

from collections.abc import Iterator

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


def summary(plan: Plan, *, done: bool) -> str:
    """``wrote 24 files``, ``would replace 1 file, 23 files unchanged``."""
    return ", ".join(_parts(plan, done=done))


def _parts(plan: Plan, *, done: bool) -> Iterator[str]:
    for state, did, would in _SAID:
        if count := len(plan.of(state)):
            yield (did if done else would).format(f"{count} file{'s' * (count != 1)}")
    if count := len(plan.of(State.FOREIGN)):
        yield f"kept {count} other file{'s' * (count != 1)}"


def edits(plan: Plan) -> str:
    """What became of a person's edits; ``""`` where there are none."""
    theirs = (State.MERGED, State.EDITED, State.DELETED, State.LEFT)
    said = [
        did.format(f"{len(plan.of(state))} file{'s' * (len(plan.of(state)) != 1)}")
        for state, did, _ in _SAID
        if state in theirs and plan.of(state)
    ]
    return ", ".join(said)
