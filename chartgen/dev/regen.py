"""What is generated in this repository, and what of it is stale.

The rules' index, charts-output/, docs/rules/, docs/judgements/, docs/compat.md, docs/spec.md, and the marked parts of
README.md and CONTRIBUTING.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chartgen.dev import compatpage, docs, index, judgementpages, readme, specpage
from chartgen.errors import CannotDo


@dataclass(frozen=True, slots=True)
class Stale:
    """One file that is not what it should be. ``content`` is what it should hold, None when it should not exist."""

    path: str
    content: bytes | None
    sentence: str


def stale(root: Path) -> tuple[Stale, ...]:
    """Everything stale below ``root``, in order."""
    return (*_index(root), *_charts(root), *_docs(root), *_readme(root))


def write(root: Path, items: tuple[Stale, ...]) -> None:
    """Bring what is stale up to date. README.md is written last, because its outputs may show the charts."""
    for item in items:
        target = root / item.path
        if item.content is None:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(item.content)
    for item in _readme(root):
        assert item.content is not None
        (root / item.path).write_bytes(item.content)


def _index(root: Path) -> Iterator[Stale]:
    text = index.text()
    path = root / index.PATH
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        yield Stale(index.PATH, text.encode(), f"{index.PATH} is not what the rules say of themselves")


def _charts(root: Path) -> Iterator[Stale]:
    """The charts of examples/*.yaml, file by file, and files in their folders that no longer belong to them."""
    from chartgen.generate.generate import generate
    from chartgen.regenerate.base import record
    from chartgen.spec.beside import beside
    from chartgen.spec.load import read_spec

    sources: dict[str, str] = {}
    for example in sorted((root / "examples").glob("*.yaml")):
        source = example.relative_to(root).as_posix()
        spec = read_spec(example.read_bytes(), file=source, read=beside(example))
        if spec.name in sources:
            raise CannotDo(f"{source} has the name {spec.name!r}, as {sources[spec.name]} has", hint="rename one")
        sources[spec.name] = source
        chart = generate(spec)
        folder = root / "charts-output" / spec.name
        present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        files = {**chart.files, **record(chart.files)}
        for name, content in files.items():
            path = f"charts-output/{spec.name}/{name}"
            if name not in present:
                yield Stale(path, content, f"{path} is missing; it is generated from {source}")
            elif (folder / name).read_bytes() != content:
                yield Stale(path, content, f"{path} is not what {source} gives now")
        for name in sorted(present - set(files)):
            path = f"charts-output/{spec.name}/{name}"
            yield Stale(path, None, f"{path} is no longer generated from {source}")


def _docs(root: Path) -> Iterator[Stale]:
    """The pages of the rules and judgements, pages of those that are no more, and what other tools call them."""
    from chartgen.judgements.catalogue import all_judgements
    from chartgen.rules.catalogue import all_rules

    compat = compatpage.text().encode()
    if not (root / compatpage.PATH).exists() or (root / compatpage.PATH).read_bytes() != compat:
        yield Stale(compatpage.PATH, compat, f"{compatpage.PATH} is not what the rules and chartgen/policy/compat/ say")
    spec = specpage.text(root).encode()
    if not (root / specpage.PATH).exists() or (root / specpage.PATH).read_bytes() != spec:
        yield Stale(specpage.PATH, spec, f"{specpage.PATH} is not what the schema says, and the specs that show it")
    yield from _pages(root, docs.FOLDER, docs.pages(all_rules()), "rule")
    yield from _pages(root, judgementpages.FOLDER, judgementpages.pages(all_judgements()), "judgement")


def _pages(root: Path, folder: str, pages: Mapping[str, str], what: str) -> Iterator[Stale]:
    present = {path.relative_to(root).as_posix() for path in (root / folder).rglob("*") if path.is_file()}
    for path, text in pages.items():
        if path not in present or (root / path).read_bytes() != text.encode():
            yield Stale(path, text.encode(), f"{path} is not what the {what}s say of themselves")
    for path in sorted(present - set(pages)):
        yield Stale(path, None, f"{path} is about a {what} that there is not")


def _readme(root: Path) -> Iterator[Stale]:
    for name in ("README.md", "CONTRIBUTING.md"):
        path = root / name
        text = path.read_text(encoding="utf-8")
        new, names = readme.filled(text, root)
        if new != text:
            yield Stale(name, new.encode(), f"{name} shows old {' and '.join(repr(block) for block in names)}")
