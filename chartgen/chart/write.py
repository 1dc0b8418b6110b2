"""Writes charts to disk, whole or not at all.

The chart is first written into a hidden folder beside the one that is meant, which then takes its place in one step: a
run that is killed leaves the old chart as it was. Files that are none of the chart's are carried over.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from chartgen.chart.changes import Kind, changes
from chartgen.chart.model import Chart
from chartgen.errors import CannotDo


def write_chart(chart: Chart, folder: Path, *, force: bool = False) -> None:
    """Make ``folder`` hold the chart.

    Raises CannotDo when a file that is there would be replaced by another text, unless ``force``, and when the disk
    does not let us; the folder is then as it was.
    """
    different = [change.path for change in changes(chart, folder) if change.kind is Kind.DIFFERENT]
    if different and not force:
        raise CannotDo(f"{different[0]} in {str(folder)!r} holds something else", hint="write to another folder")
    try:
        target = folder.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            _fill(draft, chart, target)
            _put(draft, target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except (FileExistsError, NotADirectoryError):
        raise CannotDo(f"{str(folder)!r} cannot be written: there is a file where a folder is due") from None
    except (OSError, shutil.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CannotDo(f"{str(folder)!r} cannot be written: {reason.lower()}") from None


def _fill(draft: Path, chart: Chart, target: Path) -> None:
    """Write the draft: what is in the target already, with the chart's files over it."""
    if target.exists():
        shutil.copytree(target, draft, symlinks=True, copy_function=_carry_over)
    else:
        draft.mkdir()
    for name, content in chart.files.items():
        path = draft / name
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode if path.is_file() and not path.is_symlink() else None
        path.unlink(missing_ok=True)
        path.write_bytes(content)
        if mode is not None:
            path.chmod(mode & 0o777)


def _carry_over(source: str, copy: str) -> None:
    """Let a file stand in the draft too, without copying what may be a whole repository where a link will do."""
    try:
        os.link(source, copy)
    except OSError:
        shutil.copy2(source, copy)


def _put(draft: Path, target: Path) -> None:
    """Let the draft take the target's place."""
    if not target.exists():
        draft.rename(target)
        return
    if Path.cwd().is_relative_to(target):
        # Whoever stands in the folder must not be left standing in one that is gone: its files are replaced instead.
        for path in sorted(path for path in draft.rglob("*") if path.is_file() and not path.is_symlink()):
            (target / path.relative_to(draft)).parent.mkdir(parents=True, exist_ok=True)
            path.replace(target / path.relative_to(draft))
        return
    old = draft.with_suffix(".old")
    target.rename(old)
    try:
        draft.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
