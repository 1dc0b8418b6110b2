"""Puts the table of values into a README, and leaves every other byte as it is.

Three places are known: between the markers of ``markdown.BEGIN`` and ``END``; the tables of helm-docs, by their header;
and the section *Parameters* of Bitnami's readme-generator. Rows that say what they should stay as they are written, so
that a table somebody aligned stays aligned.
"""

from typing import Any

from chartgen.chart.model import LARGEST_TEXT, Chart
from chartgen.tuples import NamedTuple
from chartgen.valuesdocs import keyrows, paramrows
from chartgen.valuesdocs.comments import remarks
from chartgen.valuesdocs.markdown import BEGIN, END, code, first_cell, line_end, shape, tables
from chartgen.valuesdocs.parameters import sections
from chartgen.valuesdocs.place import Refused
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError

README = "README.md"


class Verdict(NamedTuple):
    """What a README should be. ``text`` is None where that cannot be known; then ``reason`` and ``hint`` say why.

    ``has_place`` is false when nothing in the README is meant to hold the values. ``line`` is where the trouble is.
    """

    text: str | None
    reason: str = ""
    hint: str = ""
    line: int | None = None
    has_place: bool = True


def readme_with_values_table(chart: Chart, *, path: str = README) -> str | None:
    """The README of a chart with its table of values made anew; None where there is none or it cannot be known."""
    return judge(chart, path=path).text


def judge(chart: Chart, *, path: str = README) -> Verdict:
    """What the README of a chart should be, and where that cannot be known, why. Raises nothing for a broken chart."""
    before = chart.files.get(path)
    if before is None:
        return Verdict(None, "there is no such file", f"write one that holds {BEGIN} and {END}", has_place=False)
    values = chart.text("values.yaml")
    if len(chart.files.get("values.yaml", b"")) > LARGEST_TEXT:
        return Verdict(None, f"values.yaml is larger than {LARGEST_TEXT >> 20} MiB")
    if values is None:
        return Verdict(None, "the chart has no values.yaml", has_place=False)
    try:
        text = before.decode("utf-8")
        data = read(values).data
    except UnicodeDecodeError:
        return Verdict(None, "it is not UTF-8", "save it as UTF-8")
    except YamlError as error:
        return Verdict(None, f"values.yaml cannot be read: {error.message}", "correct values.yaml")
    try:
        return _judged(text, values, {} if data is None else data)
    except Refused as refusal:
        return Verdict(None, refusal.reason, refusal.hint, refusal.line, has_place=refusal.has_place)


def _judged(text: str, values: str, data: Any) -> Verdict:
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    start, stop, made = _region(lines, values, data)
    if made == [line.rstrip("\r\n") for line in lines[start:stop]]:
        return Verdict(text)
    end = line_end(text)
    middle = "".join(f"{line}{end}" for line in made)
    if made and stop == len(lines):
        middle = middle[: -len(end)]
    return Verdict("".join(lines[:start]) + middle + "".join(lines[stop:]))


def _region(lines: list[str], values: str, data: Any) -> tuple[int, int, list[str]]:
    """Which lines of a README are made from values.yaml, and what is to stand there. Raises Refused."""
    begin, end = _marked(lines)
    parameters = sections(values)
    bare = [line.rstrip("\r\n") for line in lines]
    if begin is not None and end is not None:
        inner = bare[begin + 1 : end]
        if parameters:
            made = paramrows.made(inner, parameters, data, level=paramrows.level_at(lines, begin))
        else:
            made = keyrows.made(inner, data, remarks(values, data))
        return begin + 1, end, made
    if parameters and (place := paramrows.place(bare, parameters, data)):
        inner = bare[place.start : place.stop]
        return (
            place.start,
            place.stop,
            paramrows.made(inner, parameters, data, level=place.level, first=place.start),
        )
    if found := tables(bare, keyrows.HEADER):
        return keyrows.updated(bare, found, data, remarks(values, data))
    raise Refused(
        "it has no table of values",
        f"put {BEGIN} and {END} where the table belongs",
        has_place=False,
    )


def _marked(lines: list[str]) -> tuple[int | None, int | None]:
    """The lines of the two markers. Raises Refused when one of them is missing or doubled."""
    skipped = code(lines)
    begins, ends = (
        [at for at, line in enumerate(lines) if line.strip() == marker and at not in skipped] for marker in (BEGIN, END)
    )
    if not begins and not ends:
        return None, None
    if len(begins) != 1 or len(ends) != 1 or begins[0] > ends[0]:
        line = (begins or ends)[-1] + 1
        raise Refused(f"{BEGIN} and {END} do not stand there once each, in this order", "correct the markers", line)
    return begins[0], ends[0]


def changed(before: str, after: str) -> tuple[str, ...]:
    """The values whose rows two versions of a README do not have in common, in the order in which they stand there."""
    old, new = ({shape(line): None for line in text.splitlines() if line.startswith("|")} for text in (before, after))
    keys = [first_cell(line) for line in [*new, *old] if (line in old) != (line in new)]
    return tuple(key for key in dict.fromkeys(keys) if key and key not in ("Key", "Name") and key.strip("-"))
