"""The files of a working tree with the edits of a release over them: nothing is written before all are known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chartgen.chart.changes import difference
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.errors import CannotDo
from chartgen.fielddata import CannotEdit
from chartgen.release.source import released
from chartgen.tuples import NamedTuple


class Edit(NamedTuple):
    """A file before and after, None where it is not there."""

    before: bytes | None
    after: bytes | None

    def diff(self, path: str) -> str:
        """The change as a unified diff that ``patch`` and ``git apply`` understand."""
        return difference(path, self.before, self.after, sides=("a/", "b/"))


class Workspace:
    """A folder, the repository's root where there is one. Paths are from there, as ``charts/web/Chart.yaml``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._edits: dict[str, Edit] = {}

    @property
    def edits(self) -> Mapping[str, Edit]:
        """The files that are to change, by path, sorted."""
        return {path: edit for path, edit in sorted(self._edits.items()) if edit.before != edit.after}

    def read(self, path: str) -> bytes | None:
        """What a file holds once all edits are made; None when there is none."""
        if path in self._edits:
            return self._edits[path].after
        place = self.root / path
        try:
            return place.read_bytes() if place.is_file() else None
        except OSError as error:
            raise CannotDo(f"{str(place)!r} cannot be read: {(error.strerror or str(error)).lower()}") from None

    def text(self, path: str) -> str | None:
        """A file as text, None when there is none. Raises CannotEdit for one that is not UTF-8: nothing may be lost."""
        content = self.read(path)
        try:
            return None if content is None else content.decode()
        except UnicodeDecodeError:
            raise CannotEdit("it is not UTF-8 text") from None

    def write(self, path: str, content: str | bytes | None) -> None:
        """Let a file hold something, or with None not be there."""
        before = self._edits[path].before if path in self._edits else self.read(path)
        self._edits[path] = Edit(before, content.encode() if isinstance(content, str) else content)

    def chart(self, folder: str, display: str) -> Chart:
        """The chart in a folder as it will be. Raises what ``released`` does."""
        chart = released(self.root / folder, display=display)
        return self.over(chart, folder)

    def over(self, chart: Chart, folder: str) -> Chart:
        """A chart that was read, with the edits over it; what it has not is not added."""
        prefix = f"{folder}/" if folder else ""
        changed = {
            path.removeprefix(prefix): edit.after
            for path, edit in self._edits.items()
            if path.startswith(prefix) and path.removeprefix(prefix) in chart.files
        }
        if not changed:
            return chart
        files = {path: content for path, content in {**chart.files, **changed}.items() if content is not None}
        return chart._replace(files=files, metadata=metadata(files["Chart.yaml"]))

    def join(self, folder: str, name: str) -> str:
        """The path of a file in a folder."""
        return f"{folder}/{name}" if folder else name
