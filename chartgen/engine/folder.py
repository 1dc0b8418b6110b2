"""Charts as temporary folders, for what Helm only does to a folder."""

from __future__ import annotations

from pathlib import Path

from chartgen.chart.model import Chart


def folder_name(chart: Chart) -> str:
    """What to call a chart's folder: its name, if it has one that is harmless."""
    name = chart.name
    harmless = name.isascii() and name.replace("-", "").replace("_", "").replace(".", "x").isalnum()
    return name if harmless and not name.startswith(".") else "chart"


class Folders:
    """Writes charts to a temporary folder, which is gone on leaving the context. One folder for each chart."""

    def __init__(self) -> None:
        self._root: Path | None = None
        self._written: dict[int, tuple[Chart, Path]] = {}
        self._made = 0

    def __enter__(self) -> Folders:
        return self

    def __exit__(self, *_: object) -> None:
        if self._root is not None:
            import shutil

            shutil.rmtree(self._root, ignore_errors=True)

    def of(self, chart: Chart) -> Path:
        """The folder a chart is in, named as the chart; written when it is first asked for."""
        if (known := self._written.get(id(chart))) is None:
            known = (chart, self.new() / folder_name(chart))
            for path, content in chart.files.items():
                target = known[1] / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            self._written[id(chart)] = known
        return known[1]

    def new(self) -> Path:
        """An empty folder."""
        import tempfile

        if self._root is None:
            # Helm resolves links, and so its messages would not begin with a folder behind one.
            self._root = Path(tempfile.mkdtemp(prefix="chartgen-")).resolve()
        self._made += 1
        folder = self._root / str(self._made)
        folder.mkdir()
        return folder
