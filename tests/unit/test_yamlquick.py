"""Plain YAML is read as all other YAML is, only sooner: the same data, and the same places when they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chartgen.libyaml import Events
from chartgen.yamlbuild import Built, YamlList, YamlMap, documents
from chartgen.yamlquick import plain_documents
from chartgen.yamlread import MOST_NODES, read
from tests.unit.test_yamlread import DOCUMENTS, SCALARS

CHARTS = Path(__file__).resolve().parents[2] / "charts-output"
FILES = sorted(path for path in CHARTS.rglob("*.y*ml") if "templates" not in path.parts)


def plain(text: str, most_nodes: int = MOST_NODES) -> list[Built] | None:
    return plain_documents(text, most_nodes)


def built(text: str) -> list[Built]:
    with Events(text) as next_event:
        return documents(next_event, 1, MOST_NODES)


def shape(value: Any) -> Any:
    """A value with its types, and the place of each of its parts."""
    if isinstance(value, YamlMap):
        assert list(value.events) == list(value)
        return {key: (*map(place, value.events[key]), shape(item)) for key, item in value.items()}
    if isinstance(value, YamlList):
        return [(place(event), shape(item)) for event, item in zip(value.events, value, strict=True)]
    return type(value), value


def place(event: Any) -> tuple[object, ...]:
    marks = (event.start_mark, event.end_mark)
    return (type(event), *((mark.line, mark.column, mark.index) for mark in marks))


def told(found: list[Built]) -> list[object]:
    return [(shape(one.data), one.nodes, one.keys, one.duplicates, place(one.root)) for one in found]


@pytest.mark.parametrize(
    "text", [*DOCUMENTS, *(f"a: {word}" for word in SCALARS.split()), "[[], {}]", "a: 1\n---\nb: 2"]
)
def test_what_is_plain_is_read_alike(text: str) -> None:
    found = plain(text)
    if found is not None:
        assert told(found) == told(built(text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CHARTS)))
def test_files_of_charts_are_plain(path: Path) -> None:
    text = path.read_text()
    assert (found := plain(text)) is not None
    assert told(found) == told(built(text))


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1", "a: !!str 1", "&x a: 1", "a: {b: 1, <<: {c: 2}}", "a: 1\na: 2", "1: a", "? [a]\n: b", "a: .inf",
        "word", "a: *x", "a: [", "%YAML 1.1\n---\na: 1", "[" * 250 + "]" * 250,
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_others(text: str) -> None:
    assert plain(text) is None


def test_what_is_too_large_is_left_to_others() -> None:
    assert plain("a: [1, 2, 3]", 5) is None
    assert plain("a: [1, 2, 3]", 6) is not None


def test_each_document_knows_its_own_places() -> None:
    first, second = plain("a:\n  b: 1\n---\n\nc: [2]\n") or ()
    assert first.data["a"].events["b"][0].start_mark.line == 1
    assert second.data["c"].events[0].start_mark.line == 4


def test_data_that_nobody_read_stands_nowhere() -> None:
    assert YamlMap().events == {}
    assert YamlList().events == []


def test_another_parser_is_not_disturbed() -> None:
    assert plain("a: 1") is not None
    with Events("a: 1") as next_event:
        assert type(next_event()).__name__ == "StreamStartEvent"
        events = [next_event() for _ in range(4)]
    assert [type(event).__name__ for event in events][2:] == ["ScalarEvent", "ScalarEvent"]
    assert read("a: &x 1\nb: *x").data == {"a": 1, "b": 1}
