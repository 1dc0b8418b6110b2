"""A chart's folder as it is, and as it is to be."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from chartgen.chart.limits import unreadable
from chartgen.chart.write import check_folder, write_files
from chartgen.errors import CannotDo
from chartgen.regenerate.base import ATTRIBUTES, FOLDER, PATH, Base, read_base, read_record
from chartgen.regenerate.plan import Plan, Present


def look(folder: Path, generated: Collection[str], *, force: bool = False) -> Present:
    """What is in a folder into which some paths are generated; ``force`` does without a record that is damaged.

    Raises CannotDo when it cannot be read.
    """
    try:
        check_folder(folder)
        base, record = _recorded(folder, force=force)
        paths = {*generated, *(base or ())}
        files = {path: (folder / path).read_bytes() for path in sorted(paths) if (folder / path).is_file()}
        kept = folder / ATTRIBUTES
        attributes = kept.read_bytes() if kept.is_file() else None
        others = tuple(path for path in _present(folder) if path not in paths)
    except OSError as error:
        raise unreadable(error, str(folder)) from None
    found = {ATTRIBUTES: attributes, PATH: record}
    return Present(files, others, base, {path: content for path, content in found.items() if content is not None})


def _recorded(folder: Path, *, force: bool) -> tuple[Base | None, bytes | None]:
    try:
        return read_base(folder)
    except CannotDo:
        if not force:
            raise
        return None, read_record(folder)


def _present(folder: Path) -> Iterator[str]:
    """Every file below a folder but the record's, whatever .helmignore says; nothing where there is no folder."""
    for path in folder.rglob("*"):
        if path.is_file():
            relative = path.relative_to(folder)
            if relative.parts[0] != FOLDER:
                yield relative.as_posix()


def write(plan: Plan, folder: Path) -> None:
    """Make a folder what it is to be, all of it or nothing. Raises CannotDo; the folder is then as it was."""
    if plan.writes:
        write_files(folder, plan.writes, plan.before)
