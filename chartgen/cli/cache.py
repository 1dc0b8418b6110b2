"""Where lint keeps what it found: a folder of the user's own, bounded in size."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chartgen.engine.api import Engine

MOST_BYTES = 64 * 2**20
"""What the folder may hold; what was not read for the longest time goes first."""

_CHECK_EVERY = 256
"""About so many writes go by between two looks at the folder's size."""


class CacheFolder:
    """A store in a folder. Whatever goes wrong with it, a run goes on without."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """What was kept under a key, or None."""
        try:
            with open(f"{self._folder}/{key}", "rb") as file:  # noqa: PTH123 - a hundred of them in a warm run
                return file.read()
        except OSError:
            return None

    def put(self, key: str, content: bytes) -> None:
        """Keep something under a key; a reader sees all of it or nothing."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self._folder / f".{key}.{os.getpid()}"
            try:
                draft.write_bytes(content)
                draft.replace(self._folder / key)
            finally:
                draft.unlink(missing_ok=True)
            if int(key[:4], 16) % _CHECK_EVERY == 0:
                self._shrink()

    def _shrink(self) -> None:
        entries = sorted(((entry.stat(), entry) for entry in self._folder.iterdir()), key=lambda one: one[0].st_atime)
        size = sum(stat.st_size for stat, _ in entries)
        for stat, entry in entries:
            if size <= MOST_BYTES // 2:
                break
            with suppress(OSError):
                entry.unlink()
            size -= stat.st_size


def cache_folder() -> CacheFolder | None:
    """The user's cache, below ``CHARTGEN_CACHE_DIR`` or where this system keeps caches; None without a home."""
    named = os.environ.get("CHARTGEN_CACHE_DIR")
    if named is not None:
        return CacheFolder(Path(named) / "lint") if named else None
    base = os.environ.get("XDG_CACHE_HOME") or ("~/Library/Caches" if sys.platform == "darwin" else "~/.cache")
    try:
        return CacheFolder(Path(base).expanduser() / "chartgen" / "lint")
    except RuntimeError:
        return None


def stamp(engine: Engine) -> str:
    """Names this chartgen and this Helm: what the same chart may be found differently by.

    The files of chartgen itself take part, with their sizes and times, so that a checkout that is worked on never
    reads what an older state of it found.
    """
    parts = [engine.name, sys.version, _identity(engine.identity, Path(engine.identity).stat())]
    folders = [str(Path(__file__).parent.parent)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if not entry.is_dir():
                    parts.append(_identity(entry.path, entry.stat()))
                elif entry.name != "__pycache__":
                    folders.append(entry.path)
    return "\n".join(sorted(parts))


def _identity(path: str, stat: os.stat_result) -> str:
    return f"{path} {stat.st_size} {stat.st_mtime_ns}"
