"""What the paths of ``chartgen lint`` name: charts, and plain manifests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chartgen.cli.terminal import given, read_input
from chartgen.errors import CannotDo
from chartgen.lint.allowed import STDIN
from chartgen.tuples import NamedTuple

_MANIFESTS = (".yaml", ".yml", ".json")


class Subjects(NamedTuple):
    """Charts by path, and manifests by the name that findings give them."""

    charts: tuple[Path, ...]
    manifests: dict[str, bytes]

    def changed_since(self, ref: str, *, shared: Sequence[str] = ()) -> Subjects:
        """What of it has changed since a commit; everything, when a file in ``shared`` has. Raises CannotDo."""
        from chartgen.chart.since import changed_since

        files = [Path(file) for file in shared if file != "-"]
        manifests = {Path(name): name for name in self.manifests if name != STDIN}
        kept = {manifests[path] for path in changed_since(ref, tuple(manifests), shared=files)}
        return Subjects(
            changed_since(ref, self.charts, shared=files),
            {name: content for name, content in self.manifests.items() if name in kept or name == STDIN},
        )

    def shard(self, part: int, parts: int) -> Subjects:
        """Every so-manieth of it, in order: the shards of a list are disjoint, and together the list."""
        names = list(self.manifests)[part - 1 :: parts]
        return Subjects(self.charts[part - 1 :: parts], {name: self.manifests[name] for name in names})


def subjects(paths: Sequence[str]) -> Subjects:
    """Sort paths, find the charts below them and read the manifests. Nothing named is the working directory.

    Raises CannotDo for what does not exist, is a part of a chart, or holds nothing.
    """
    from chartgen.chart.read import find_charts

    named = [path for path in paths or ["."] if not is_manifest(path)]
    manifests: dict[str, bytes] = {}
    for path in dict.fromkeys(path for path in paths if is_manifest(path)):
        if path != "-":
            _refuse_part_of_chart(given(path))
        content = read_input(path)
        if path == "-" and not content.strip():
            raise CannotDo("there is nothing on standard input", hint="did the command before the '|' fail?")
        manifests[STDIN if path == "-" else path] = content
    return Subjects(tuple(find_charts(map(given, named))), manifests)


def is_manifest(path: str) -> bool:
    """Whether a path names plain manifests: standard input, or a file that is YAML or JSON by its name."""
    return path == "-" or (path.endswith(_MANIFESTS) and not Path(path).is_dir())


def _refuse_part_of_chart(path: Path) -> None:
    """A template is no manifest, and neither are values."""
    parts = path.absolute().parts
    for index in range(len(parts) - 1, 0, -1):
        folder = Path(*parts[:index])
        inner = parts[index:]
        is_part = inner[0] == "templates" or (len(inner) == 1 and inner[0].startswith(("Chart.", "values")))
        if is_part and (folder / "Chart.yaml").is_file():
            shown = str(path)[: -len("/".join(inner))].rstrip("/") or "."
            raise CannotDo(f"{str(path)!r} is a part of a chart", hint=f"name the chart: chartgen lint {shown}")
