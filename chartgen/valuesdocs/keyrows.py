"""Tables with the columns Key, Type, Default and Description: those of helm-docs, and of chartgen's own charts."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from typing import Any

from chartgen.valuesdocs.comments import Place, Remark
from chartgen.valuesdocs.markdown import Table, first_cell, headings, shape, tables
from chartgen.valuesdocs.place import Refused
from chartgen.valuesdocs.rows import OWN, STYLES, Row, Style, rows

HEADER = ("Key", "Type", "Default", "Description")
_HEAD = ["| Key | Type | Default | Description |", "|-----|------|---------|-------------|"]
_OTHER = "Other Values"


def made(inner: Sequence[str], data: Any, remarks: Mapping[Place, Remark]) -> list[str]:
    """What stands between the markers: the old lines where they say the same, else a new table."""
    found = tables(inner, HEADER)
    if found:
        start, stop, lines = updated(inner, found, data, remarks, styles=OWN)
        return [*inner[:start], *lines, *inner[stop:]]
    new = rows(data, remarks, OWN[0])
    if any(row.section for row in new):
        return ["", *_sectioned(new, {}, alphabetical=False, by_name=False), ""]
    return ["", *_HEAD, *map(_line, new), ""]


def updated(
    lines: Sequence[str],
    found: Sequence[Table],
    data: Any,
    remarks: Mapping[Place, Remark],
    *,
    styles: Sequence[Style] = STYLES,
) -> tuple[int, int, list[str]]:
    """What is to stand between two lines of a README with such tables. Raises Refused."""
    old = {shape(lines[at]): lines[at] for table in found for at in table.rows}
    candidates = [rows(data, remarks, style) for style in styles]
    new = max(candidates, key=lambda each: sum(shape(_line(row)) in old for row in each))
    if not any(row.documented for row in new) and any(_described(line) for line in old):
        raise Refused(
            "the descriptions in its table are not from values.yaml, which has no comment that begins with '# --'",
            "move them into values.yaml: '# -- What the key below is for'",
            found[0].header + 1,
        )
    keys = {first_cell(line) for line in old}
    unsaid = [row for row in new if not row.documented]
    if unsaid and old and not any(_key(row) in keys for row in unsaid):
        new = tuple(row for row in new if row.documented)  # as helm-docs --ignore-non-descriptions
    names = {row.section or _OTHER for row in new}
    if any(level == 3 and text in names for at, level, text in headings(lines) if at < found[-1].header):
        return _with_sections(lines, found, new, old)
    return found[0].header, found[-1].end, _in_place(lines, found, new, old)


def _line(row: Row) -> str:
    return f"| {row.key} | {row.type} | {row.default} | {row.description} |"


def _key(row: Row) -> str:
    return row.key.strip("`")


def _described(line: str) -> bool:
    return bool(line.rstrip().removesuffix("|").rpartition("|")[2].strip())


# Tables without sections: rows keep their places.


def _in_place(lines: Sequence[str], found: Sequence[Table], new: Sequence[Row], old: Mapping[str, str]) -> list[str]:
    by_key = {_key(row): row for row in new}
    order = {key: index for index, key in enumerate(by_key)}
    kept = [[key for at in table.rows if (key := first_cell(lines[at])) in by_key] for table in found]
    known = {key for keys in kept for key in keys}
    missing = [key for key in by_key if key not in known]
    homeless = []
    for key in missing:
        if (home := _home(key, kept)) is None:
            homeless.append(key)
        else:
            _insert(kept[home], key, order, [first_cell(lines[at]) for at in found[home].rows])
    if homeless:
        raise Refused(
            f"it has several tables of values, and {_some(homeless)} may belong in any of them",
            "say where with '# @section -- Name' in values.yaml, or add the row by hand",
            found[0].header + 1,
        )
    result: list[str] = []
    for index, table in enumerate(found):
        result += lines[table.header : table.header + 2]
        result += [_kept_or_new(by_key[key], old) for key in kept[index]]
        if index + 1 < len(found):
            result += lines[table.end : found[index + 1].header]
    return result


def _home(key: str, kept: Sequence[Sequence[str]]) -> int | None:
    """The table that a new key belongs in: the only one, or the only one with the keys that are nearest to it."""
    if len(kept) == 1:
        return 0
    parts = key.split(".")
    for depth in range(len(parts) - 1, 0, -1):
        near = [
            index for index, keys in enumerate(kept) if any(one.split(".")[:depth] == parts[:depth] for one in keys)
        ]
        if near:
            return near[0] if len(near) == 1 else None
    return None


def _insert(keys: list[str], key: str, order: Mapping[str, int], old: Sequence[str]) -> None:
    """Put a key among others: by the alphabet, if they all are, else behind those before it in the file."""
    if old == sorted(old, key=str.encode):
        keys.insert(bisect([one.encode() for one in keys], key.encode()), key)
        return
    before = [index for index, one in enumerate(keys) if order[one] < order[key]]
    keys.insert(max(before, key=lambda index: order[keys[index]]) + 1 if before else 0, key)


def _kept_or_new(row: Row, old: Mapping[str, str]) -> str:
    line = _line(row)
    return old.get(shape(line), line)


def _some(keys: Sequence[str]) -> str:
    shown = ", ".join(repr(key) for key in keys[:3])
    return shown + (f" and {len(keys) - 3} more" if len(keys) > 3 else "")


# Tables by section: headings and tables are made anew.


def _with_sections(
    lines: Sequence[str], found: Sequence[Table], new: Sequence[Row], old: Mapping[str, str]
) -> tuple[int, int, list[str]]:
    names = {row.section for row in new}
    above = [(at, level, text) for at, level, text in headings(lines) if at < found[-1].header]
    inside = [(at, text) for at, level, text in above if level == 3 and at > _title(above, found[0])]
    start = min([at for at, _ in inside] + [found[0].header])
    for at in range(start, found[-1].end):
        is_row = any(table.header <= at < table.end for table in found)
        if lines[at].strip() and not is_row and at not in {index for index, _ in inside}:
            raise Refused(
                "there is text among its tables that would be lost",
                "put it above or below them, or into values.yaml",
                at + 1,
            )
    titles = [text for _, text in inside if text in names]
    by_name = len(titles) > 1 and titles == sorted(titles, key=str.encode)
    keys = [[first_cell(lines[at]) for at in table.rows] for table in found]
    alphabetical = all(each == sorted(each, key=str.encode) for each in keys)
    wanted = _sectioned(new, old, alphabetical=alphabetical, by_name=by_name)
    present = list(lines[start : found[-1].end])
    same = [shape(line) for line in wanted if line.strip()] == [shape(line) for line in present if line.strip()]
    return start, found[-1].end, present if same else wanted


def _title(above: Sequence[tuple[int, int, str]], table: Table) -> int:
    """The line of the heading of level 1 or 2 over the first table."""
    return max((at for at, level, _ in above if level < 3 and at < table.header), default=-1)


def _sectioned(new: Sequence[Row], old: Mapping[str, str], *, alphabetical: bool, by_name: bool) -> list[str]:
    names = list(dict.fromkeys(row.section for row in new if row.section))
    if by_name:
        names.sort(key=str.encode)
    result: list[str] = []
    for name in [*names, *([""] if any(not row.section for row in new) else [])]:
        members = [row for row in new if row.section == name]
        if alphabetical:
            members.sort(key=lambda row: row.key.encode())
        result += ["", f"### {name or _OTHER}", "", *_HEAD, *(_kept_or_new(row, old) for row in members)]
    return result[1:]
