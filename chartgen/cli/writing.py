"""Writes files whole or not at all, several of them all or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from chartgen.errors import CannotDo


def write_all(texts: Mapping[Path, str | bytes]) -> None:
    """Write files so that a reader sees the old content or the new, never a part, and none is written if one fails.

    What is no ordinary file (``/dev/stdout``, a pipe) is written to, not replaced; a link's target is. Raises CannotDo.
    """
    drafts: dict[Path, Path] = {}
    streams: dict[Path, bytes] = {}
    try:
        for path, text in texts.items():
            data = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
            try:
                target = _target(path)
                if target.exists() and not target.is_file():
                    streams[target] = data
                else:
                    drafts[target] = _draft(target, data, drafts)
            except (OSError, ValueError) as error:
                raise _cannot(path, error) from None
        for target, data in streams.items():
            try:
                with target.open("wb") as file:
                    file.write(data)
            except OSError as error:
                raise _cannot(target, error) from None
        for target, draft in drafts.items():
            try:
                draft.replace(target)
            except OSError as error:
                raise _cannot(target, error) from None
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Raise CannotDo, before any work is done, for a file that can surely not be written."""
    try:
        _target(path)
        if not path.parent.is_dir():
            raise _cannot(path, OSError())
    except (OSError, ValueError) as error:
        raise _cannot(path, error) from None


def _target(path: Path) -> Path:
    """What is written to. Raises CannotDo for a folder."""
    target = path.resolve()
    if target.is_dir():
        raise CannotDo(f"{str(path)!r} is a folder", hint="name a file")
    return target


def _draft(target: Path, data: bytes, drafts: Mapping[Path, Path]) -> Path:
    """The content beside the file it is for, ready to take its place."""
    draft = target.with_name(f".{target.name}.{os.getpid()}-{len(drafts)}.part")
    try:
        draft.write_bytes(data)
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o777)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _cannot(path: Path, error: OSError | ValueError) -> CannotDo:
    if not path.parent.exists():
        folder = str(path.parent)
        return CannotDo(f"{str(path)!r} cannot be written: there is no folder {folder!r}", hint="create it")
    return CannotDo(f"{str(path)!r} cannot be written: {reason(error)}")


def reason(error: OSError | ValueError) -> str:
    """The operating system's words in the house's manner."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]
