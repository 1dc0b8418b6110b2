"""Charts that chartgen generated: their spec is edited, and the chart made anew.

Which spec a chart was made from is not written in it, because specs move; but their meaning's hash is. The spec is the
file in the repository that names the chart, preferably the one whose hash it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from chartgen.chart.git import attempt
from chartgen.chart.model import Chart
from chartgen.errors import CannotDo, InvalidInput
from chartgen.fielddata import CannotEdit, with_field
from chartgen.location import Pointer
from chartgen.release.chartyaml import annotation
from chartgen.release.scalars import checked, set_text, understood
from chartgen.spec.beside import beside
from chartgen.tuples import NamedTuple
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError

HASH = "chartgen.dev/spec-sha256"
_LARGEST = 1 << 20


class Made(NamedTuple):
    """A spec understood: the chart it makes, and the hash of what it says."""

    chart: Chart
    digest: str


def is_generated(chart: Chart) -> bool:
    """Whether chartgen made a chart."""
    return bool(annotation(chart.metadata, HASH))


def make(data: bytes, path: Path, shown: str) -> Made:
    """The chart that a spec's bytes make; files it names lie beside ``path``. Raises InvalidInput with all problems."""
    from chartgen.generate.fingerprint import fingerprint
    from chartgen.generate.generate import generate
    from chartgen.spec.validate import judged

    result = judged(data, file=shown, read=beside(path))
    if result.app is None:
        raise InvalidInput(result.problems, {shown: result.text})
    return Made(generate(result.app), fingerprint(result.app))


def find_spec(root: Path, chart: Chart) -> str:
    """The spec of a chart, from the root of the repository on. Raises CannotDo when there is none, or several."""
    named = [path for path in _specs(root) if _names(root / path, chart.name)]
    if len(named) > 1:
        digest = annotation(chart.metadata, HASH)
        named = [path for path in named if _digest(root / path) == digest] or named
    if len(named) == 1:
        return named[0]
    if named:
        raise CannotDo(
            f"{chart.origin or chart.name}: there are several specs of {chart.name!r}: {', '.join(named[:4])}",
            hint="say which with --spec FILE",
        )
    raise CannotDo(
        f"{chart.origin or chart.name} was generated, and there is no spec of {chart.name!r} in {str(root)!r}",
        hint="name it with --spec FILE, or edit the chart alone with --no-spec",
    )


def _specs(root: Path) -> Iterator[str]:
    """The files that begin like a spec, sorted; those that git does not know are not looked for where there is git."""
    text = attempt(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.yaml", "*.yml")
    names = text.split("\0") if text else _walked(root)
    for name in sorted({name for name in names if name}):
        path = root / name
        try:
            if path.is_file() and path.stat().st_size <= _LARGEST and b"chartgen/v1" in path.read_bytes():
                yield name
        except OSError:
            continue


def _walked(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (
            (Path(folder) / name).relative_to(root).as_posix() for name in files if name.endswith((".yaml", ".yml"))
        )


def _names(path: Path, name: str) -> bool:
    try:
        data = read(path.read_bytes().decode("utf-8-sig", "replace")).data
    except YamlError:
        return False
    return isinstance(data, dict) and data.get("apiVersion") == "chartgen/v1" and data.get("name") == name


def _digest(path: Path) -> str:
    try:
        return make(path.read_bytes(), path, path.name).digest
    except InvalidInput:
        return ""


def with_version(text: str, version: str) -> str:
    """A spec with a version; where it named none, right below its name. Raises CannotEdit."""
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix(bom)
    data, root = understood(body)
    if not isinstance(data, dict) or root is None:
        raise CannotEdit("the spec is no mapping")
    if "version" in data:
        return set_text(text, Pointer(("version",)), version)
    index = root.find("name")
    if index is None or root.flow:
        raise CannotEdit("the spec has no version, and no line to put one below")
    key, value = root.entries[index]
    assert key is not None
    end = body.find("\n", value.end)
    newline = "\r\n" if "\r\n" in body else "\n"
    indent = " " * (key.start - body.rfind("\n", 0, key.start) - 1)
    expected = with_field(data, ("version",), version)
    if end < 0:
        return bom + checked(body, len(body), len(body), f"{newline}{indent}version: {version}", expected)
    return bom + checked(body, end + 1, end + 1, f"{indent}version: {version}{newline}", expected)


def with_image_tag(text: str, tag: str) -> str:
    """A spec whose image has another tag. Raises CannotEdit for one that is pinned by its digest, or names none."""
    data, _ = understood(text.removeprefix("\ufeff"))
    image = data.get("image") if isinstance(data, dict) else None
    if isinstance(image, dict):
        if image.get("digest"):
            raise CannotEdit("the image is pinned by its digest: write the new one into the spec")
        return set_text(text, Pointer(("image", "tag")), tag)
    if not isinstance(image, str):
        raise CannotEdit("the spec has no image of its own")
    if "@" in image:
        raise CannotEdit("the image is pinned by its digest: write the new one into the spec")
    name, colon, old = image.rpartition(":")
    if not colon or "/" in old:
        raise CannotEdit(f"the image {image!r} has no tag")
    kept = "v" if old.startswith("v") and not tag.startswith("v") else ""
    return set_text(text, Pointer(("image",)), f"{name}:{kept}{tag}")
