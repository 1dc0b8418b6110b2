"""What steps between charts required the last time, under a key of all that it depends on.

The key covers every byte of both charts, what a policy holds releases to, Helm and chartgen themselves.
"""

from __future__ import annotations

import json

from chartgen.changes import Level
from chartgen.chart.model import Chart
from chartgen.lint.remember import Store
from chartgen.policy.config import ReleaseSettings
from chartgen.release.requirement import Requirement


class Recalled:
    """A memory in a store. ``stamp`` names the tools: chartgen, Helm, and their versions."""

    def __init__(self, store: Store, stamp: str) -> None:
        self._store = store
        self._stamp = stamp

    def recall(self, old: Chart, new: Chart, held: ReleaseSettings) -> tuple[str, Requirement | None]:
        """The key of a step, and what it required the last time."""
        levels = [f"{name}={level.value}" for name, level in sorted(held.levels.items())]
        key = _key(old, new, (self._stamp, *levels, *(() if held.switches else ("no switches",))))
        content = self._store.get(key)
        return key, None if content is None else load(content)

    def keep(self, key: str, found: Requirement) -> None:
        """Remember what a step required."""
        self._store.put(key, dump(found))


def dump(found: Requirement) -> bytes:
    """A requirement without the comparison behind it, to be read by ``load``."""
    parts = [found.level.value, found.because, found.files, found.unjudged]
    return json.dumps(parts, ensure_ascii=True).encode()


def load(content: bytes) -> Requirement | None:
    """What ``dump`` wrote, or None when it cannot be read: cut short by a crash, or not ours."""
    try:
        level, *texts = json.loads(content)
        because, files, unjudged = (tuple(map(str, one)) for one in texts)
        return Requirement(Level(level), because, files, unjudged)
    except (ValueError, TypeError, RecursionError):
        return None


def _key(old: Chart, new: Chart, asked: tuple[str, ...]) -> str:
    from _blake2 import blake2b  # hashlib takes 7 ms to load OpenSSL

    digest = blake2b(digest_size=20)
    for files in (old.files, old.unpackaged, new.files, new.unpackaged):
        for path, content in files.items():
            digest.update(f"{len(path)}:{len(content)}:{path}".encode("utf-8", "surrogateescape"))
            digest.update(content)
        digest.update(b"\0")
    for part in ("requirement", *asked):
        digest.update(part.encode("utf-8", "surrogateescape"))
        digest.update(b"\0")
    return digest.hexdigest()
