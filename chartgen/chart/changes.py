"""What writing a chart into a folder would do to the files that are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from enum import Enum
from pathlib import Path

from chartgen.chart.limits import unreadable
from chartgen.chart.model import Chart
from chartgen.errors import CannotDo


class Kind(Enum):
    """What becomes of one file."""

    NEW = "new"
    SAME = "unchanged"
    DIFFERENT = "different"
    FOREIGN = "kept"


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of the chart or of the folder: ``before`` is what is there, ``after`` what the chart says.

    A ``FOREIGN`` file is there and is none of the chart's.
    """

    path: str
    kind: Kind
    before: bytes = b""
    after: bytes = b""

    def diff(self, folder: str) -> str:
        """The change as a unified diff, ``""`` when there is none."""
        if self.kind in (Kind.SAME, Kind.FOREIGN):
            return ""
        return difference(f"{folder}/{self.path}", None if self.kind is Kind.NEW else self.before, self.after)


def difference(name: str, before: bytes | None, after: bytes | None) -> str:
    """What becomes of a file as a unified diff, ``""`` when it stays as it is; None stands for no file."""
    old, new = ((side or b"").decode("utf-8", "replace").splitlines(keepends=True) for side in (before, after))
    names = ["/dev/null" if side is None else name for side in (before, after)]
    lines = unified_diff(old, new, names[0], names[1])
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def changes(chart: Chart, folder: Path) -> tuple[FileChange, ...]:
    """Every file of the chart and of the folder, by path. Raises CannotDo when the folder cannot be read."""
    if folder.exists() and not folder.is_dir():
        raise CannotDo(f"{str(folder)!r} is a file, not a folder", hint="name the folder the chart is to be written to")
    try:
        found = [_change(path, _content(folder / path), content) for path, content in chart.files.items()]
        found += [FileChange(path, Kind.FOREIGN) for path in _present(folder) if path not in chart.files]
    except OSError as error:
        raise unreadable(error, str(folder)) from None
    return tuple(sorted(found, key=lambda change: change.path))


def _change(path: str, before: bytes | None, after: bytes) -> FileChange:
    if before is None:
        return FileChange(path, Kind.NEW, after=after)
    return FileChange(path, Kind.SAME if before == after else Kind.DIFFERENT, before, after)


def _content(path: Path) -> bytes | None:
    """What a file holds, also one that a link leads to; None when there is no such file."""
    return path.read_bytes() if path.is_file() else None


def _present(folder: Path) -> Iterator[str]:
    """Every file below a folder, whatever .helmignore says; nothing for a folder that does not exist."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.relative_to(folder).as_posix()
