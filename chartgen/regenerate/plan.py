"""What becomes of each file when a chart is generated anew into a folder: from what was generated last, what is there,
and what is generated now. Pure, but for git, which merges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType

from chartgen.chart.changes import difference
from chartgen.regenerate.base import ATTRIBUTES, ATTRIBUTES_TEXT, PATH, Base, Recorded, of_files, written
from chartgen.regenerate.conflict import Conflict
from chartgen.regenerate.merge import Side, alike, in_manner, merge
from chartgen.tuples import NamedTuple


class State(Enum):
    """What becomes of one file; the value is the word for it."""

    NEW = "new"
    """It is generated, and is not there."""
    REPLACED = "replaced"
    """It is generated otherwise now, and nobody edited it."""
    EDITED = "edited"
    """A person edited it, and it is generated as before: the edit stays."""
    MERGED = "merged"
    """A person edited it and it is generated otherwise now: it holds both."""
    CONFLICT = "conflict"
    """The same, in the same place."""
    DELETED = "deleted"
    """A person deleted it, and it stays away."""
    REMOVED = "removed"
    """It is generated no more, and nobody edited it."""
    LEFT = "left over"
    """It is generated no more, and stays because a person edited it."""
    DIFFERENT = "different"
    """It is not what is generated, and nothing tells whose doing that is."""
    SAME = "unchanged"
    """It is what is generated."""
    FOREIGN = "kept"
    """It is somebody's own."""


class Step(NamedTuple):
    """One file: ``before`` is what is there, ``after`` what is to be there, None where there is no file."""

    path: str
    state: State
    before: bytes | None = None
    after: bytes | None = None
    conflicts: tuple[Conflict, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether the file changes."""
        return self.before != self.after

    def diff(self, folder: str) -> str:
        """What becomes of the file as a unified diff, ``""`` when it stays as it is."""
        return difference(f"{folder}/{self.path}", self.before, self.after) if self.writes else ""


class Present(NamedTuple):
    """What is in a chart's folder: files that are generated or were, all others' paths, and what was generated last.

    ``record`` are the files in which that is recorded, as they are.
    """

    files: Mapping[str, bytes]
    others: tuple[str, ...] = ()
    base: Base | None = None
    record: Mapping[str, bytes] = MappingProxyType({})


class Plan(NamedTuple):
    """What becomes of every file of a folder, by path, and of the record of what is generated."""

    steps: tuple[Step, ...]
    record: Mapping[str, bytes]
    present: Present

    def of(self, *states: State) -> tuple[Step, ...]:
        """The files of which one of these becomes."""
        return tuple(step for step in self.steps if step.state in states)

    @property
    def conflicts(self) -> tuple[Step, ...]:
        """The files in which somebody has to decide something."""
        return self.of(State.CONFLICT)

    @property
    def writes(self) -> Mapping[str, bytes | None]:
        """What is to be written, by path; None for what goes."""
        return {
            **{step.path: step.after for step in self.steps if step.writes},
            **{path: content for path, content in self.record.items() if content != self.present.record.get(path)},
        }

    @property
    def before(self) -> Mapping[str, bytes | None]:
        """What the files that are written hold until then."""
        known = {step.path: step.before for step in self.steps}
        return {path: self.present.record.get(path, known.get(path)) for path in self.writes}

    @property
    def is_mixed(self) -> bool:
        """Whether what is rendered changes beside a person's edits or templates, so that they may no longer fit."""
        ours = (State.NEW, State.REPLACED, State.MERGED, State.REMOVED)
        theirs = (State.EDITED, State.MERGED, State.DELETED, State.LEFT, State.FOREIGN)
        return all(any(step.path.startswith(_RENDERED) for step in self.of(*states)) for states in (ours, theirs))


_RENDERED = (".helmignore", "Chart.yaml", "dashboards/", "files/", "templates/", "values.schema.json", "values.yaml")
"""What the names of files begin with that have a say in what is rendered."""


def plan(generated: Mapping[str, bytes], present: Present, *, side: Side | None = None, force: bool = False) -> Plan:
    """What becomes of the files of a folder when ``generated`` are generated.

    ``side`` decides every conflict. ``force`` takes all that is generated as it is, whoever edited it. Where not even
    Chart.yaml is there, nobody deleted files of a chart, but the chart.
    """
    base = present.base
    is_gone = DESCRIPTION in generated and DESCRIPTION not in present.files
    steps = [
        _as_is(path, present.files.get(path), new, force=force)
        if force or base is None or (is_gone and path not in present.files)
        else _generated(path, base.get(path), present.files.get(path), new, side)
        for path, new in generated.items()
    ]
    steps += _no_more({path: one for path, one in (base or {}).items() if path not in generated}, present.files)
    steps += [Step(path, State.FOREIGN) for path in present.others]
    left = {step.path: base[step.path] for step in steps if base and step.state is State.LEFT}
    recorded = {**of_files(generated), **left}
    # What says the same stays as it stands, whatever has formatted it; and what was deleted stays away here too.
    record = {PATH: present.record[PATH]} if recorded == base else {PATH: written(recorded)}
    if base is None or ATTRIBUTES in present.record:
        record[ATTRIBUTES] = present.record.get(ATTRIBUTES, ATTRIBUTES_TEXT)
    return Plan(tuple(sorted(steps, key=lambda step: step.path)), record, present)


DESCRIPTION = "Chart.yaml"


def _as_is(path: str, mine: bytes | None, new: bytes, *, force: bool) -> Step:
    """A file of which nobody knows, or asks, what was generated before."""
    other = State.REPLACED if force else State.DIFFERENT
    return Step(path, State.NEW if mine is None else State.SAME if mine == new else other, mine, new)


def _generated(path: str, base: Recorded | None, mine: bytes | None, new: bytes, side: Side | None) -> Step:
    """A file that is generated, where it is known what was generated before."""
    if mine is None:
        return Step(path, State.NEW, after=new) if base is None else Step(path, State.DELETED)
    if alike(mine, Recorded.of(new)):
        return Step(path, State.SAME, mine, mine)
    if base is None:
        return _decided(path, mine, new if side == "generated" else mine, (Conflict(why=_BOTH),), side)
    if alike(mine, base):
        return Step(path, State.REPLACED, mine, in_manner(mine, base, new))
    if Recorded.of(new) == base:
        return Step(path, State.EDITED, mine, mine)
    found = merge(path, base, mine, new, side=side)
    return _decided(path, mine, found.content, found.conflicts, side)


_BOTH = "you have a file of your own where one is now generated"


def _decided(path: str, mine: bytes, after: bytes, conflicts: tuple[Conflict, ...], side: Side | None) -> Step:
    if conflicts and side is None:
        return Step(path, State.CONFLICT, mine, after, conflicts)
    return Step(path, State.EDITED if after == mine else State.MERGED, mine, after, conflicts)


def _no_more(base: Base, files: Mapping[str, bytes]) -> Iterator[Step]:
    """What was generated and is no more; of what is not there either there is nothing to say."""
    for path, one in base.items():
        if path in files:
            mine = files[path]
            yield Step(path, State.REMOVED, mine) if alike(mine, one) else Step(path, State.LEFT, mine, mine)
