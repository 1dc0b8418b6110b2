"""index.yaml, what a chart repository says it holds: a version is added, and not a byte else is changed.

A version that is there stays what it is: who has fetched it relies on its digest, and so ``helm repo index --merge``,
which replaces it without a word, is not used. Form: https://helm.sh/docs/topics/chart_repository#the-index-file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.fielddata import CannotEdit
from chartgen.location import Pointer
from chartgen.release.package import Package
from chartgen.release.scalars import set_text
from chartgen.valuesdocs.markdown import line_end
from chartgen.version import Version, compare
from chartgen.yamlformat import Manner, block_lines, scalar_text
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError
from chartgen.yamltree import Lines, Node, tree

_KEPT = (
    *("annotations", "apiVersion", "appVersion", "condition", "dependencies", "deprecated", "description", "home"),
    *("icon", "keywords", "kubeVersion", "maintainers", "name", "sources", "tags", "type", "version"),
)
"""What an index holds of Chart.yaml: the fields of Helm's ``chart.Metadata``."""

_NEWEST_FIRST = Manner(step=2, list_offset=0)


class AlreadyPublished(Exception):
    """The index has this version of the chart with other bytes; ``digest`` is what it says of them."""

    def __init__(self, chart: str, version: str, digest: str) -> None:
        super().__init__(f"{chart} {version} is published already, with other bytes")
        self.digest = digest


def entry(package: Package, *, url: str, created: str) -> dict[str, Any]:
    """What an index says of a package; ``url`` is where the repository's files are, ``""`` beside the index."""
    said = {key: package.metadata[key] for key in _KEPT if package.metadata.get(key)}
    address = f"{url.rstrip('/')}/{package.name}" if url else package.name
    return dict(sorted({**said, "created": created, "digest": package.digest, "urls": [address]}.items()))


def with_entry(text: str, new: Mapping[str, Any]) -> str:
    """The text of an index, ``""`` for none yet, with an entry, the newest of a chart in front.

    The same text when the entry is there already. Raises AlreadyPublished where it is with another digest, CannotEdit
    for what is no index or cannot be added to without changing more.
    """
    name, version = str(new["name"]), str(new["version"])
    if not text.strip():
        lines = block_lines(dict(new), _NEWEST_FIRST)
        body = "\n".join([f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])])
        return f"apiVersion: v1\nentries:\n  {scalar_text(name)}:\n{body}\ngenerated: {scalar_text(new['created'])}\n"
    before = _data(text)
    versions = before["entries"].get(name)
    if versions is not None and not isinstance(versions, list):
        raise CannotEdit(f"the entries of {name!r} are no list")
    for one in versions or ():
        if isinstance(one, dict) and str(one.get("version")) == version:
            digest = str(one.get("digest", "")).removeprefix("sha256:")
            if digest != new["digest"]:
                raise AlreadyPublished(name, version, digest)
            return text
    if not before["entries"]:
        text = _begun(text)
    at, lines = _insertion(text, name, new, versions or [])
    after = text[:at] + _ended(text, at) + "".join(f"{line}{line_end(text)}" for line in lines) + text[at:]
    if "generated" in before:
        after = set_text(after, Pointer(("generated",)), str(new["created"]))
    _check(before, _data(after), dict(new))
    return after


def _data(text: str) -> dict[str, Any]:
    """An index as data. Raises CannotEdit."""
    try:
        data = read(text).data
    except YamlError as error:
        raise CannotEdit(f"it is no YAML: {error.message}") from None
    if not isinstance(data, dict) or "entries" not in data:
        raise CannotEdit("it is no index of a chart repository: it has no 'entries'")
    if data["entries"] is not None and not isinstance(data["entries"], dict):
        raise CannotEdit("its 'entries' are no mapping")
    return {**data, "entries": data["entries"] or {}}


def _insertion(text: str, name: str, new: Mapping[str, Any], versions: list[Any]) -> tuple[int, list[str]]:
    """Where an entry goes, the offset of a line's beginning, and its lines. Raises CannotEdit."""
    root = tree(text)
    assert root is not None
    entries = _value(root, "entries")
    lines = Lines(text)
    if entries.is_empty:
        return lines.next_line(entries.start), ["  " + scalar_text(name) + ":", *_item(new, 2)]
    if entries.flow or entries.fixed or entries.kind != "map" or not entries.entries:
        raise CannotEdit("its 'entries' are not written line by line")
    own = entries.find(name)
    first_key = entries.entries[0][0]
    assert first_key is not None
    column = lines.column(first_key.start)
    if own is None:
        later = [key for key, _ in entries.entries if key is not None and key.text > name]
        at = lines.line_start(later[0].start) if later else lines.next_line(max(entries.end - 1, 0))
        head = [" " * column + f"{scalar_text(name)}:"]
        return at, head + _item(new, _list_column(entries, lines, column))
    listed = entries.entries[own][1]
    if listed.kind != "list" or listed.flow or listed.fixed or not listed.entries:
        raise CannotEdit(f"the entries of {name!r} are not written line by line")
    items = [item for _, item in listed.entries]
    dash = text.find("-", lines.line_start(items[0].start))
    older = [item for item, data in zip(items, versions, strict=True) if _is_older(data, str(new["version"]))]
    at = lines.line_start(older[0].start) if older else lines.next_line(max(listed.end - 1, 0))
    return at, _item(new, lines.column(dash))


def _begun(text: str) -> str:
    """An index without entries, as ``helm repo index`` writes it (``entries: {}``), ready for the first one."""
    root = tree(text)
    assert root is not None
    entries = _value(root, "entries")
    return text if entries.is_empty else text[: entries.start].rstrip(" ") + text[entries.end :]


def _value(root: Node, key: str) -> Node:
    index = root.find(key)
    if index is None:
        raise CannotEdit(f"it has no {key!r}")
    return root.entries[index][1]


def _list_column(entries: Node, lines: Lines, column: int) -> int:
    """The column of the dashes of the other charts."""
    for _, listed in entries.entries:
        if listed.kind == "list" and not listed.flow and listed.entries:
            start = lines.line_start(listed.entries[0][1].start)
            return lines.column(lines.text.find("-", start))
    return column


def _item(new: Mapping[str, Any], column: int) -> list[str]:
    first, *rest = block_lines(dict(new), _NEWEST_FIRST)
    return [" " * column + f"- {first}", *(" " * (column + 2) + line for line in rest)]


def _is_older(data: Any, version: str) -> bool:
    """Whether an entry of the index is of a lower version; one without a version is at the end."""
    try:
        there = Version.parse(str(data.get("version")) if isinstance(data, dict) else "")
    except ValueError:
        return True
    return compare(there, Version.parse(version)) < 0


def _ended(text: str, at: int) -> str:
    """The end that the line before an offset lacks."""
    return "" if not at or text[at - 1] == "\n" else line_end(text)


def _check(before: Mapping[str, Any], after: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Raises CannotEdit when more has changed than meant."""
    left = {name: list(versions or []) for name, versions in after["entries"].items()}
    left[new["name"]].remove(new)
    if not left[new["name"]] and new["name"] not in before["entries"]:
        del left[new["name"]]
    same = {key: value for key, value in after.items() if key not in ("entries", "generated")}
    kept = {key: value for key, value in before.items() if key not in ("entries", "generated")}
    if left != {name: list(versions or []) for name, versions in before["entries"].items()} or same != kept:
        raise CannotEdit("an entry cannot be added without changing others")
