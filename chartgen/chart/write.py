"""Writes charts to disk, whole or not at all.

The chart is first written into a hidden folder beside the one that is meant, which then takes its place in one step: a
run that is killed leaves the old chart as it was. Files that are none of the chart's are carried over.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
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
            _fill(draft, chart, target, folder)
            _put(draft, target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except (FileExistsError, NotADirectoryError):
        raise CannotDo(f"{str(folder)!r} cannot be written: there is a file where a folder is due") from None
    except (OSError, shutil.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CannotDo(f"{str(folder)!r} cannot be written: {reason.lower()}") from None


def _fill(draft: Path, chart: Chart, target: Path, shown: Path) -> None:
    """Write the draft: what is in the target already, with the chart's files over it. ``shown`` is its name."""
    if target.exists():
        shutil.copytree(target, draft, symlinks=True, copy_function=_carry_over)
    else:
        draft.mkdir()
    for name, content in chart.files.items():
        path = draft / name
        if path.is_dir() and not path.is_symlink():
            raise CannotDo(f"{str(shown / name)!r} cannot be written: there is a folder where a file is due")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            said = f"{str(shown / name)!r} cannot be written: there is a file where a folder is due"
            raise CannotDo(said) from None
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


def replace_files(folder: Path, files: Mapping[str, bytes], before: Mapping[str, bytes]) -> None:
    """Put new contents into files below a folder; their modes stay. What ``before`` does not name is made.

    All of them are written beside the old ones first, and then take their places; when anything goes wrong, an
    interrupt among it, the old ones are put back. Raises CannotDo when a file does not hold what it held ``before``,
    is a link, or when the disk does not let us.
    """
    drafts = {name: (folder / name).with_name(f".{(folder / name).name}.{os.getpid()}.part") for name in files}
    placed: list[str] = []
    made: list[Path] = []
    try:
        for name, content in files.items():
            path = folder / name
            if path.resolve() != folder.resolve() / name:
                raise CannotDo(f"{str(path)!r} is a link, which is not written through", hint="fix the file itself")
            if (path.read_bytes() if path.is_file() else None) != before.get(name):
                raise CannotDo(f"{str(path)!r} has changed meanwhile", hint="run again")
            made += _make_folder(path.parent)
            drafts[name].write_bytes(content)
            if name in before:
                drafts[name].chmod(path.stat().st_mode & 0o777)
        for name in files:
            placed.append(name)
            drafts[name].replace(folder / name)
    except BaseException as error:
        for name in placed:
            _put_back(folder / name, drafts[name], before.get(name))
        if isinstance(error, OSError):
            reason = (error.strerror or str(error)).lower()
            raise CannotDo(f"{str(folder)!r} cannot be written: {reason}") from None
        raise
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        for place in reversed(made):
            if not any(place.iterdir()):
                place.rmdir()


def _put_back(path: Path, draft: Path, content: bytes | None) -> None:
    """Let a file hold what it held before; one that cannot be replaced (it is mounted, or immutable) still does."""
    if content is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != content:
        draft.write_bytes(content)
        draft.chmod(path.stat().st_mode & 0o777)
        draft.replace(path)


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder and what is missing above it; gives those that were made, the outermost first."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]
