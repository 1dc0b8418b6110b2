"""The packaged files of two charts: which are new, gone or different, and what they are for."""

from __future__ import annotations

from chartgen.compare.side import METADATA, SCHEMA, VALUES, Side
from chartgen.tuples import NamedTuple


class FileChange(NamedTuple):
    """A packaged file that is ``added``, ``removed`` or ``changed``.

    ``use`` is ``chart`` (Chart.yaml and locks), ``values``, ``schema``, ``template``, ``notes``, ``test`` (of ``helm
    test``), ``ci``, ``crd``, ``subchart``, ``docs`` or ``other`` (which templates may read).
    """

    kind: str
    path: str
    use: str


def file_changes(old: Side, new: Side) -> tuple[FileChange, ...]:
    """All packaged files that are not the same byte for byte, sorted by path."""
    before, after = old.chart.files, new.chart.files
    found = []
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            kind = "added" if path not in before else "removed" if path not in after else "changed"
            found.append(FileChange(kind, path, use_of(path)))
    return tuple(found)


_EXACT = {
    METADATA: "chart",
    VALUES: "values",
    SCHEMA: "schema",
    "Chart.lock": "chart",
    "requirements.yaml": "chart",
    "requirements.lock": "chart",
    ".helmignore": "docs",
    "templates/NOTES.txt": "notes",
}
_FOLDERS = {
    "templates/tests/": "test",
    "templates/": "template",
    "charts/": "subchart",
    "crds/": "crd",
    "ci/": "ci",
    "docs/": "docs",
    "examples/": "docs",
    "tests/": "ci",
    "unittests/": "ci",
}
_DOCS = (".md", ".gotmpl", ".adoc", ".rst", ".png", ".svg", ".jpg", ".drawio")
_NAMES = ("LICENSE", "NOTICE", "OWNERS", "CODEOWNERS", "Makefile", "README")


def use_of(path: str) -> str:
    """What a packaged file is for."""
    if path in _EXACT:
        return _EXACT[path]
    for folder, use in _FOLDERS.items():
        if path.startswith(folder):
            return use
    name = path.rsplit("/", 1)[-1]
    return "docs" if name.endswith(_DOCS) or name.split(".")[0] in _NAMES else "other"
