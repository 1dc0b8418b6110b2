"""The rows of a values table as helm-docs makes them: key, type, default and description."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.tuples import NamedTuple
from chartgen.valuesdocs.comments import Place, Remark, dotted


class Row(NamedTuple):
    """One line of a table. ``default`` is Markdown; ``section`` is ``""`` where none was named."""

    key: str
    type: str
    default: str
    description: str
    section: str = ""
    documented: bool = True


class Style(NamedTuple):
    """How a table is written.

    ``ticks``: keys stand in backticks; ``spaced``: JSON has blanks behind its commas and colons, and its keys in the
    order of the file; ``noted``: lines of comment with ``##`` are shown; ``escaped``: a ``|`` ends no cell.
    """

    ticks: bool = False
    spaced: bool = False
    noted: bool = False
    escaped: bool = False


HELM_DOCS = Style()
OWN = (
    Style(escaped=True),
    Style(ticks=True, spaced=True, escaped=True),
    Style(ticks=True, escaped=True),
    Style(spaced=True, escaped=True),
)
"""That of tables between our markers, that of the charts we generate, and what lies between."""
STYLES = (HELM_DOCS, Style(noted=True), *OWN)
"""That of helm-docs and of its older versions, and ours."""


def rows(data: Any, remarks: Mapping[Place, Remark], style: Style = HELM_DOCS) -> tuple[Row, ...]:
    """The rows for some values, in the order of the file.

    A map or a list with a description is one row, in which its keys have their own only if they are described.
    """
    return tuple(_of_map(data, (), remarks, style, leaves=True)) if isinstance(data, Mapping) else ()


def _of(value: Any, place: Place, remarks: Mapping[Place, Remark], style: Style, *, leaves: bool) -> Iterator[Row]:
    remark = remarks.get(place, Remark())
    if remark.ignored:
        return
    if isinstance(value, Mapping | list) and value:
        if remark.description:
            yield _row(value, place, remark, style)
            leaves = False
        if isinstance(value, Mapping):
            yield from _of_map(value, place, remarks, style, leaves=leaves)
        else:
            for index, item in enumerate(value):
                yield from _of(item, (*place, index), remarks, style, leaves=leaves)
    elif leaves or remark.description:
        yield _row(value, place, remark, style)


def _of_map(
    value: Mapping[str, Any], place: Place, remarks: Mapping[Place, Remark], style: Style, *, leaves: bool
) -> Iterator[Row]:
    for key, item in value.items():
        yield from _of(item, (*place, key), remarks, style, leaves=leaves)


def _row(value: Any, place: Place, remark: Remark, style: Style) -> Row:
    key = _code(".".join(map(str, place)) if style.spaced else dotted(place)) if style.ticks else dotted(place)
    kind = remark.type or remark.notation or _type(value)
    said = remark.noted if style.noted else remark.description
    default = remark.default or _default(value, remark, style)
    if style.escaped:
        key, default, said = (re.sub(r"(?<!\\)\|", r"\\|", text) for text in (key, default, said))
    return Row(key, kind, default, said, remark.section, bool(said))


def _type(value: Any) -> str:
    if value is None or isinstance(value, str):
        return "string"
    for kind, name in ((bool, "bool"), (int, "int"), (float, "float"), (list, "list")):
        if isinstance(value, kind):
            return name
    return "object"


def _default(value: Any, remark: Remark, style: Style) -> str:
    if value is None:
        return "`nil`"
    if remark.notation and isinstance(value, str):
        return value
    separators = (", ", ": ") if style.spaced else (",", ":")
    text = json.dumps(value, ensure_ascii=False, separators=separators, sort_keys=not style.spaced)
    return _code(text) if style.escaped else f"`{text}`"


def _code(text: str) -> str:
    """Text as code, whatever it contains."""
    if "`" not in text:
        return f"`{text}`"
    ticks = "`" * (1 + max(map(len, re.findall("`+", text))))
    return f"{ticks} {text} {ticks}"
