"""What a hostile chart is: how it is made, and what must be found in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

CHART_YAML = "apiVersion: v2\nname: %s\nversion: 1.0.0\n"

Files = Mapping[str, "str | bytes"]
Build = Callable[[Path], object]


class Case(NamedTuple):
    """A chart that must end in a finding."""

    build: Build


def chart(*templates: str | bytes, values: str | bytes = "{}\n", name: str = "hostile", **files: str | bytes) -> Build:
    """Makes a chart of some templates, values and other files by path."""
    named = {f"templates/t{number}.yaml": text for number, text in enumerate(templates)}
    return of({"Chart.yaml": CHART_YAML % name, "values.yaml": values, **named, **files})


def of(files: Files) -> Build:
    """Makes a folder of some files."""

    def build(folder: Path) -> None:
        for path, content in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)

    return build
