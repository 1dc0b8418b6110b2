"""Rules about the files an application is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chartgen.errors import Problem
from chartgen.spec.beside import LARGEST
from chartgen.spec.scope import Scope


def forms(scope: Scope) -> Iterator[Problem]:
    """A file has one content."""
    for level, place in ((scope.own, scope.pointer), (scope.top, scope.pointer.parent.parent)):
        for path, value in level.get("files", {}).items():
            if isinstance(value, Mapping) and ("content" in value) == ("from" in value):
                both = "content" in value
                yield scope.problem(
                    place / "files" / path,
                    "has both content and from" if both else "has no content",
                    hint="remove one of the two" if both else "write its content, or {from: FILE} beside the spec",
                    code="file-content",
                    key=True,
                )


def sizes(scope: Scope) -> Iterator[Problem]:
    """All files of a workload fit into one ConfigMap."""
    size = sum(len(file.data) for file in scope.workload.files)
    if size > LARGEST:
        largest = max(scope.workload.files, key=lambda file: len(file.data))
        yield scope.problem(
            scope.at("files", largest.path),
            f"the files have {size:,} bytes in all; a ConfigMap can hold {LARGEST:,}",
            hint="put the large ones into the image, or on a volume",
            code="files-too-large",
            key=True,
        )


def marks(scope: Scope) -> Iterator[Problem]:
    """Helm takes the byte order mark away from every file of a chart."""
    for file in scope.workload.files:
        if file.data.startswith(b"\xef\xbb\xbf"):
            yield scope.problem(
                scope.at("files", file.path),
                "begins with a byte order mark, which Helm takes away",
                hint="save it as UTF-8 without one",
                code="byte-order-mark",
                key=True,
                warning=True,
            )


def places(scope: Scope) -> Iterator[Problem]:
    """Nothing is mounted at a file, or inside what is mounted read-only."""
    paths = {file.path for file in scope.workload.files}
    mounted = {use.mount: f"secrets.{use.name}" for use in scope.workload.secrets if use.mount}
    for file in scope.workload.files:
        above = [file.path[:end] for end, letter in enumerate(file.path) if letter == "/" and end]
        said = next((f"lies in {one!r}, which is a file too" for one in above if one in paths), "")
        for one in (*above, file.path):
            if one in mounted:
                said = f"lies in {one!r}, where {mounted[one]} is mounted"
        said = said or next((f"{one} is mounted below it" for one in mounted if one.startswith(f"{file.path}/")), "")
        if said:
            yield scope.problem(
                scope.at("files", file.path), said, hint="choose another path", code="mount-twice", key=True
            )
