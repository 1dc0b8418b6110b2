"""Writes the edits of a release, and commits and tags them if that is asked: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from chartgen.chart.git import ignored
from chartgen.chart.gitwrite import head, make_commit, make_tag, tag_exists, take_back, uncommitted
from chartgen.chart.write import replace_files
from chartgen.errors import CannotDo
from chartgen.release.bump import Bumped
from chartgen.release.workspace import Edit


def check(root: Path, bumped: Sequence[Bumped], edits: Mapping[str, Edit], *, commit: bool, tag: bool) -> None:
    """Raise CannotDo for what would keep a commit or a tag from being made, before anything is written."""
    if tag and not commit and edits:
        raise CannotDo("--tag tags a commit, and the edits are in none yet", hint="add --commit")
    raised = [one for one in bumped if one.plan.raises]
    if commit and edits:
        dirty = uncommitted(root, [*(one.folder for one in raised), *edits])
        if dirty:
            more = f" and {len(dirty) - 1} more" if dirty[1:] else ""
            raise CannotDo(
                f"{dirty[0]}{more} would not be in the commit as it is here",
                hint="commit what the release is to hold first",
            )
        if left_out := ignored(root, list(edits)):
            raise CannotDo(
                f"{left_out[0]} would not be in the commit, because git ignores it",
                hint="take it out of .gitignore, or commit by hand",
            )
    for one in raised if tag else ():
        if tag_exists(root, one.tag):
            raise CannotDo(
                f"there is a tag {one.tag!r} already", hint="fetch what is newer, or release another version"
            )


def apply(root: Path, edits: Mapping[str, Edit]) -> None:
    """Write all edits or none. Raises CannotDo."""
    before = {path: edit.before for path, edit in edits.items() if edit.before is not None}
    replace_files(root, {path: edit.after for path, edit in edits.items()}, before)


def publish(root: Path, bumped: Sequence[Bumped], edits: Mapping[str, Edit], *, tag: bool, reason: str = "") -> str:
    """Commit what was written and tag each chart; gives the commit's id.

    Raises CannotDo; files, history and tags are then as before, also where a hook has edited files on its way.
    """
    raised = [one for one in bumped if one.plan.raises]
    before = head(root)
    tagged: list[str] = []
    try:
        made = make_commit(root, list(edits), message(raised, reason))
        for one in raised if tag else ():
            tagged.append(one.tag)
            make_tag(root, one.tag, f"{one.plan.chart} {one.plan.next}")
    except BaseException as error:
        take_back(root, before, list(edits), tagged)
        undo(root, edits)
        if isinstance(error, CannotDo):
            raise CannotDo(error.message, hint=error.hint or _BY_HAND) from None
        raise
    return made


_BY_HAND = "nothing has been released; without --commit the edits are made, and you commit and tag them"


def message(raised: Sequence[Bumped], reason: str = "") -> str:
    """What the commit says: the releases, and as a trailer why one may break something."""
    names = [f"{one.plan.chart} {one.plan.next}" for one in raised]
    head = f"release: {', '.join(names)}"
    if len(head) > _LONGEST:
        head = f"release: {len(names)} charts\n\n" + "\n".join(f"- {name}" for name in names)
    broken = any(not one.plan.enough for one in raised)
    return f"{head}\n\nBreaking-Allowed: {' '.join(reason.split())}\n" if reason and broken else f"{head}\n"


_LONGEST = 72


def undo(root: Path, edits: Mapping[str, Edit]) -> None:
    """Put back what was there, whatever a hook has made of it since: it was in the last commit."""
    changed = {path: edit.before for path, edit in edits.items() if edit.before is not None}
    now = {path: (root / path).read_bytes() for path in changed if (root / path).is_file()}
    replace_files(root, changed, now)
    for path, edit in edits.items():
        if edit.before is None:
            (root / path).unlink(missing_ok=True)
