"""The judgements as pages: what ``chartgen explain`` shows of each, in docs/judgements/, and an index by area."""

from __future__ import annotations

from collections.abc import Iterable

from chartgen.dev.cells import cell
from chartgen.judgements.base import Judgement
from chartgen.report.docstrings import title
from chartgen.report.judgements import area, page, page_path

FOLDER = "docs/judgements"

INDEX = f"{FOLDER}/README.md"

_HEAD = """\
# The judgements

What `chartgen diff` makes of a change: the level of version it asks for at or above 1.0.0 (below it a minor version
plays major's part), and whether the two charts prove it or it depends on their users. `chartgen explain JUDGEMENT`
shows the same pages. They are made from the judgements themselves by `python -m chartgen.dev regen`.
"""


def pages(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Path -> text of the index and of the page of each judgement, sorted by path."""
    judgements = tuple(judgements)
    found = {page_path(one.id): page(one) for one in judgements}
    return dict(sorted({INDEX: _index(judgements), **found}.items()))


def _index(judgements: tuple[Judgement, ...]) -> str:
    text = _HEAD
    for name in dict.fromkeys(area(one) for one in judgements):
        text += f"\n## {name}\n\n| judgement | level | certainty | event |\n|---|---|---|---|\n"
        text += "".join(_row(one) for one in judgements if area(one) == name)
    return text


def _row(one: Judgement) -> str:
    link = f"[{one.id}]({page_path(one.id).removeprefix(f'{FOLDER}/')})"
    return f"| {link} | {one.level.value} | {one.certainty.value} | {cell(title(one))} |\n"
