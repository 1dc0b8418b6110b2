"""The bytecode of what runs import, kept in one file: to find and open 300 modules takes a sixth of a short run.

Python keeps the bytecode of every module in a file of its own, in ``__pycache__``. ``use`` lets it take those of
chartgen and of the standard library from one more file there, which ``keep`` has written at the end of an earlier run.
What is taken must be as fresh as Python itself asks: the source has the same size and the same time. All else is
imported as ever, so nothing is missing where the file cannot be written, or is not whole.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import CodeType, ModuleType
    from typing import Any

_OWN = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib is not imported yet
_STANDARD = os.path.dirname(os.__file__)  # noqa: PTH120
_MADE_FOR = (sys.version, sys.flags.optimize, _OWN, _STANDARD)

FILE = os.path.join(_OWN, "__pycache__", f"together.{sys.implementation.cache_tag}.bin")  # noqa: PTH118
"""Eight bytes with the length of the contents, the contents, and all bytecode."""

_LENGTH = 8

_WORTH_WRITING = 10
"""Modules that a run must have imported from files of their own before ours is written anew."""

_BROKEN = (OSError, EOFError, ValueError, TypeError)
"""What reading a file raises that is not there or not whole."""


class _Loader(SourceFileLoader):
    """Loads a module as Python does, but has its bytecode already."""

    def __init__(self, name: str, path: str, bytecode: bytes) -> None:
        super().__init__(name, path)
        self._bytecode = bytecode

    def get_code(self, fullname: str) -> CodeType | None:
        return marshal.loads(self._bytecode)  # type: ignore[no-any-return]  # it was written as one


class Together:
    """Finds modules whose bytecode is in the file, as an entry of ``sys.meta_path``.

    ``entries`` has, by name: source, file of the bytecode as Python would have it, time of the source (ns) and size,
    place and length of the bytecode. Raises what reading a broken file raises.
    """

    def __init__(self) -> None:
        self._file = open(FILE, "rb", buffering=0)  # noqa: PTH123, SIM115 - needed as long as modules are imported
        length = int.from_bytes(self._file.read(_LENGTH), "little")
        made_for, whole, self.entries = marshal.loads(self._file.read(length))
        self._start = _LENGTH + length
        if made_for != _MADE_FOR or os.fstat(self._file.fileno()).st_size != self._start + whole:
            raise ValueError(FILE)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module, if its source is still the one whose bytecode is here."""
        entry = self.entries.get(name)
        if entry is None or _state(entry[0]) != entry[2:4]:
            return None
        source, cached, _, _, _, _ = entry
        spec = ModuleSpec(name, _Loader(name, source, self.bytecode(name)), origin=source)
        spec.has_location, spec.cached = True, cached
        if source.endswith("__init__.py"):
            spec.submodule_search_locations = [os.path.dirname(source)]  # noqa: PTH120
        return spec

    def bytecode(self, name: str) -> bytes:
        """The bytecode of a module as ``marshal`` writes it."""
        at, length = self.entries[name][4:]
        if hasattr(os, "pread"):  # processes that are forked share the place in the file, which this leaves alone
            return os.pread(self._file.fileno(), length, self._start + at)
        self._file.seek(self._start + at)
        return self._file.read(length)


def _state(path: str) -> tuple[int, int] | None:
    """What tells whether a source is still the same: its time (ns) and its size."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def use() -> Together | None:
    """From now on take from the file what is in it; None when there is no such file for this Python."""
    try:
        together = Together()
    except _BROKEN:
        return None
    sys.meta_path.insert(0, together)
    return together


def keep(together: Together | None) -> None:
    """Write the file anew if this run imported much that was not in it. Does nothing where that is not allowed."""
    if sys.dont_write_bytecode:
        return
    known = together.entries if together else {}
    fresh = dict(_imported(known))
    if len(fresh) < _WORTH_WRITING:
        return
    kept = {name: (*entry[:4], together.bytecode(name)) for name, entry in known.items()} if together else {}
    entries, parts, at = {}, [], 0
    for name, (source, cached, changed, size, code) in {**kept, **fresh}.items():
        if _state(source) == (changed, size):
            entries[name] = (source, cached, changed, size, at, len(code))
            parts.append(code)
            at += len(code)
    contents = marshal.dumps((_MADE_FOR, at, entries))
    _write(b"".join((len(contents).to_bytes(_LENGTH, "little"), contents, *parts)))


def _imported(known: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str, int, int, bytes]]]:
    """The modules of ours and of the standard library that Python imported from bytecode files, and these."""
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        if spec is None or spec.name != name or type(spec.loader) is not SourceFileLoader:
            continue
        if not _is_of_these(spec.origin):
            continue
        source, cached, state = spec.origin, spec.cached, _state(spec.origin)
        if state is None or (name in known and known[name][2:4] == state):
            continue
        try:
            with open(cached, "rb") as file:  # noqa: PTH123
                head, code = file.read(16), file.read()
        except OSError:
            continue
        # The head says for which Python it is, that time and size of the source are asked, and both.
        expected = [0, state[0] // 1_000_000_000 & 0xFFFFFFFF, state[1] & 0xFFFFFFFF]
        if [int.from_bytes(head[at : at + 4], "little") for at in (4, 8, 12)] == expected:
            yield name, (source, cached, *state, code)


def _is_of_these(source: str) -> bool:
    return source.startswith((_OWN + os.sep, _STANDARD + os.sep)) and "site-packages" not in source[len(_STANDARD) :]


def _write(content: bytes) -> None:
    """Replace the file, all or nothing."""
    other = f"{FILE}.{os.getpid()}"
    try:
        with open(other, "wb") as file:  # noqa: PTH123
            file.write(content)
        os.replace(other, FILE)  # noqa: PTH105
    except (OSError, KeyboardInterrupt):
        if os.path.exists(other):  # noqa: PTH110
            os.unlink(other)  # noqa: PTH108
