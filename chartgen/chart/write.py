"""Writes charts to disk, whole or not at all.

The chart is first written into a hidden folder beside the one that is meant, which then takes its place in one step: a
run that is killed leaves the old chart as it was. Files that are none of the chart's are carried over.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from chartgen.chart.limits import unreadable
from chartgen.chart.model import Chart
from chartgen.errors import CannotDo


def write_chart(chart: Chart, folder: Path, *, force: bool = False) -> None:
    """Make ``folder`` hold the chart.

    Raises CannotDo when a file that is there would be replaced by another text, unless ``force``, and when the disk
    does not let us; the folder is then as it was.
    """
    try:
        there = {path: (folder / path).read_bytes() for path in chart.files if (folder / path).is_file()}
    except OSError as error:
        raise unreadable(error, str(folder)) from None
    different = [path for path, content in there.items() if content != chart.files[path]]
    if different and not force:
        raise CannotDo(f"{different[0]} in {str(folder)!r} holds something else", hint="write to another folder")
    write_files(folder, chart.files)


def write_files(
    folder: Path, files: Mapping[str, bytes | None], before: Mapping[str, bytes | None] | None = None
) -> None:
    """Make ``folder`` hold some files; those that are None, and the folders that this empties, are there no more.

    Raises CannotDo when the disk does not let us, when a file leads out of the folder through a link, and when one
    does not hold what it held ``before``; the folder is then as it was.
    """
    try:
        check_folder(folder)
        target = folder.resolve()
        if target.exists() and (_is_stood_in(target) or target.is_mount()):
            _replace_inside(target, files, before)
        else:
            _replace_whole(target, files, before or {}, folder)
    except (FileExistsError, NotADirectoryError):
        raise CannotDo(f"{str(folder)!r} cannot be written: there is a file where a folder is due") from None
    except (OSError, shutil.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CannotDo(f"{str(folder)!r} cannot be written: {reason.lower()}") from None


def check_folder(folder: Path) -> None:
    """Raise CannotDo for a file, and for a folder that has another name since a run was killed as it replaced it."""
    if folder.is_dir():
        return
    if folder.exists():
        raise CannotDo(f"{str(folder)!r} is a file, not a folder", hint="name the folder the chart is to be written to")
    from glob import escape
    from shlex import quote

    target = folder.resolve()
    for old in sorted(target.parent.glob(f".{escape(target.name)}.*.old")):
        raise CannotDo(
            f"{str(folder)!r} is not there, but {str(old)!r} is, which a run that was killed has left",
            hint=f"put it back: mv {quote(str(old))} {quote(str(folder))}",
        )


def _replace_inside(target: Path, files: Mapping[str, bytes | None], before: Mapping[str, bytes | None] | None) -> None:
    """Replace the files of a folder that has to stay: who stands in it would be left standing in one that is gone."""
    now = {name: (target / name).read_bytes() for name in files if (target / name).is_file()}
    changed = {name: content for name, content in files.items() if content != now.get(name)}
    known = now if before is None else {**now, **before}
    replace_files(target, changed, {name: held for name in changed if (held := known.get(name)) is not None})


def _replace_whole(
    target: Path, files: Mapping[str, bytes | None], before: Mapping[str, bytes | None], shown: Path
) -> None:
    """Write a folder beside the one that is meant, and let it take its place. ``shown`` is the target's name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft, old = (target.with_name(f".{target.name}.{os.getpid()}.{end}") for end in ("new", "old"))
    is_there = target.exists()
    try:
        _fill(draft, files, before, target, shown)
        if is_there:
            _swap(draft, target, old)
        else:
            draft.rename(target)  # which fails where one is there by now
    finally:
        _remove(draft)
        if target.exists():
            _remove(old)


def _fill(
    draft: Path, files: Mapping[str, bytes | None], before: Mapping[str, bytes | None], target: Path, shown: Path
) -> None:
    """Write the draft: what is in the target already, with some files over it. ``shown`` is the target's name."""
    if target.exists():
        shutil.copytree(target, draft, symlinks=True, copy_function=_carry_over)
    else:
        draft.mkdir()
    for name, content in files.items():
        path = draft / name
        if link := next((place for place in path.parents if draft in place.parents and place.is_symlink()), None):
            said = f"{str(shown / link.relative_to(draft))!r} is a link, which is not written through"
            raise CannotDo(said, hint="put a folder in its place")
        if path.is_dir() and not path.is_symlink():
            raise CannotDo(f"{str(shown / name)!r} cannot be written: there is a folder where a file is due")
        if name in before and (path.read_bytes() if path.is_file() else None) != before[name]:
            raise CannotDo(f"{str(shown / name)!r} has changed meanwhile", hint="run again")
        if content is None:
            path.unlink(missing_ok=True)
            _prune(path.parent, draft)
            continue
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


def _prune(folder: Path, top: Path) -> None:
    """Remove a folder, and those above it, as long as there is nothing in them."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _carry_over(source: str, copy: str) -> None:
    """Let a file stand in the draft too, without copying what may be a whole repository where a link will do."""
    try:
        os.link(source, copy)
    except OSError:
        shutil.copy2(source, copy)


def _remove(folder: Path) -> None:
    """Remove a draft, or what it has replaced, folders among it that may not be written to."""
    try:
        for place, _, _ in os.walk(folder):
            with suppress(OSError):
                Path(place).chmod(0o700)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # an interrupt may have come meanwhile


def _swap(draft: Path, target: Path, old: Path) -> None:
    """Let the draft take the target's place, which gets the name ``old``."""
    try:
        target.rename(old)
        draft.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise


def _is_stood_in(folder: Path) -> bool:
    """Whether the working directory is a folder, or below it."""
    try:
        return Path.cwd().is_relative_to(folder)
    except FileNotFoundError:
        return False  # it has been removed


def replace_files(folder: Path, files: Mapping[str, bytes | None], before: Mapping[str, bytes]) -> None:
    """Put new contents into files below a folder; their modes stay. What ``before`` does not name is made.

    A file whose new content is None goes, and with it the folders that this empties. All are written beside the old
    ones first, and then take their places; when anything goes wrong, an interrupt among it, the old ones are put back.
    Raises CannotDo when a file does not hold what it held ``before``, is a link, or when the disk does not let us.
    """
    drafts = {name: (folder / name).with_name(f".{(folder / name).name}.{os.getpid()}.part") for name in files}
    placed: list[str] = []
    made: list[Path] = []
    try:
        for name, content in files.items():
            path = folder / name
            if path.resolve() != folder.resolve() / name:
                raise CannotDo(f"{str(path)!r} is a link, which is not written through", hint="fix the file itself")
            if path.is_dir():
                raise CannotDo(f"{str(path)!r} cannot be written: there is a folder where a file is due")
            if (path.read_bytes() if path.is_file() else None) != before.get(name):
                raise CannotDo(f"{str(path)!r} has changed meanwhile", hint="run again")
            if content is None:
                continue
            made += _make_folder(path.parent)
            drafts[name].write_bytes(content)
            if name in before:
                drafts[name].chmod(path.stat().st_mode & 0o777)
        for name, content in files.items():
            placed.append(name)
            if content is not None:
                drafts[name].replace(folder / name)
            elif name in before:
                (folder / name).replace(drafts[name])
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
        for place in (*reversed(made), *_above(folder, files)):
            if place.is_dir() and not any(place.iterdir()) and not _is_stood_in(place):
                place.rmdir()


def _above(folder: Path, files: Mapping[str, bytes | None]) -> Iterator[Path]:
    """The folders between a folder and the files that are to go, the innermost first."""
    for name in (name for name, content in files.items() if content is None):
        yield from (place for place in (folder / name).parents if folder in place.parents)


def _put_back(path: Path, draft: Path, content: bytes | None) -> None:
    """Let a file hold what it held before; one that cannot be replaced (it is mounted, or immutable) still does."""
    if content is None:
        path.unlink(missing_ok=True)
    elif not path.exists():
        draft.replace(path)
    elif path.read_bytes() != content:
        draft.write_bytes(content)
        draft.chmod(path.stat().st_mode & 0o777)
        draft.replace(path)


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder and what is missing above it; gives those that were made, the outermost first."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]
