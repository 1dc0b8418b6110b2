"""Whatever a values file looks like, an edit changes the one field and not a byte beside it."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartgen.fielddata import CannotEdit, same, with_field, without
from chartgen.location import Pointer
from chartgen.yamledit import Span, apply, quote_field, remove_field, rename_field, set_field
from chartgen.yamlread import read

KEYS = st.sampled_from(["image", "tag", "podSecurityContext", "a", "b-c", "replicas", "x.y/z", "k9"])
COMMENTS = st.sampled_from(
    ["", "# plain", "# -- (string) a 'quoted' one", "#", "# {{ not: yaml }}", "# é 🎈", "#   - x: 1"]
)
SCALARS = st.sampled_from(
    [
        "1",
        "true",
        "text",
        '"quoted: # no comment"',
        "'single'",
        "~",
        "",
        "1.5",
        '"é🎈"',
        "{}",
        "[]",
        "{p: 1, q: [2]}",
        "[1, a]",
    ]
)


class Doc:
    """A values file being made: its lines, and whether a value may follow on the line of its key."""

    def __init__(self, draw: Any, newline: str, bom: bool) -> None:
        self.draw = draw
        self.newline = newline
        self.bom = bom
        self.lines: list[str] = []

    def comment(self, indent: int) -> None:
        """Maybe a line of comment, or an empty one."""
        if self.draw(st.booleans()):
            text = self.draw(COMMENTS)
            self.lines.append(f"{' ' * indent}{text}" if text else "")

    def mapping(self, indent: int, depth: int) -> None:
        """The entries of a mapping, one a line or more."""
        for key in self.draw(st.lists(KEYS, min_size=1, max_size=4, unique=True)):
            self.comment(indent)
            self.value(f"{' ' * indent}{key}:", indent, depth)
            self.comment(indent + self.draw(st.sampled_from([0, 2])))

    def value(self, head: str, indent: int, depth: int) -> None:
        """The value of a key."""
        kind = self.draw(st.sampled_from(["scalar", "scalar", "map", "list", "block"])) if depth else "scalar"
        behind = self.draw(COMMENTS)
        tail = f"  {behind}" if behind else ""
        if kind == "map":
            self.lines.append(head + tail)
            self.mapping(indent + self.draw(st.sampled_from([1, 2, 4])), depth - 1)
        elif kind == "list":
            self.lines.append(head + tail)
            offset = indent + self.draw(st.sampled_from([0, 2]))
            for item in self.draw(st.lists(SCALARS.filter(bool), min_size=1, max_size=3)):
                self.lines.append(f"{' ' * offset}- {item}")
        elif kind == "block":
            self.lines += [f"{head} |", f"{' ' * (indent + 2)}text # is text", "", f"{' ' * (indent + 2)}- more"]
        else:
            scalar = self.draw(SCALARS)
            self.lines.append(f"{head} {scalar}{tail}".rstrip())

    @property
    def text(self) -> str:
        """The file."""
        end = self.newline if self.draw(st.booleans()) else ""
        return "\ufeff" * self.bom + self.newline.join(self.lines) + end


@st.composite
def values_files(draw: Any) -> str:
    """Values files in many manners: line ends, byte order marks, indentation, comments in all places."""
    doc = Doc(draw, draw(st.sampled_from(["\n", "\r\n"])), draw(st.booleans()))
    doc.comment(0)
    doc.mapping(0, 3)
    return doc.text


def places(data: Any, at: tuple[str | int, ...] = ()) -> list[Pointer]:
    """Every place in data but the root."""
    found = [Pointer(at)] if at else []
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return found + [place for key, value in items for place in places(value, (*at, key))]


def data_of(text: str) -> Any:
    return read(text.removeprefix("\ufeff")).data


def comments(text: str) -> list[str]:
    """The lines that are nothing but comment, as far as that can be told, without their indentation."""
    return [line.strip() for line in text.splitlines() if line.strip().startswith("#")]


def edited(text: str, spans: tuple[Span, ...]) -> str:
    """The text with the edit made, after checking that it kept all that it should keep."""
    after = apply(text, spans)
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    assert ("\r\n" in after) == ("\r\n" in text) or "\n" not in text or "\n" not in after
    assert after.count("\n") - after.count("\r\n") == (0 if "\r\n" in after else after.count("\n"))
    return after


NEW = st.sampled_from(
    [True, 7, "RuntimeDefault", "yes", "a: b", ["ALL"], {"type": "x"}, {"a": {"b": [1, "c"]}}, {}, []]
)


@given(values_files(), st.data(), NEW)
def test_a_field_is_set_and_nothing_else(text: str, data: st.DataObject, value: Any) -> None:
    before = data_of(text)
    known = data.draw(st.sampled_from([Pointer(), *places(before)]))
    pointer = data.draw(st.sampled_from([known, known / "added", known / "added" / "deep"]))
    if not pointer.parts:
        return
    try:
        after = edited(text, set_field(text, pointer, value))
    except CannotEdit:
        return
    assert same(data_of(after), with_field(before, pointer.parts, value))
    if known != pointer:  # something was added: no line of comment may be lost, or change its place
        assert comments(after) == comments(text)
        assert removed(text, after) <= 1


@given(values_files(), st.data())
def test_a_new_field_can_be_added_to_every_block_and_every_empty_mapping(text: str, data: st.DataObject) -> None:
    before = data_of(text)
    maps = [place for place in places(before) if isinstance(at(before, place), dict)]
    pointer = data.draw(st.sampled_from([Pointer(), *maps])) / "added"
    try:
        after = edited(text, set_field(text, pointer, True))
    except CannotEdit:
        # What may be in the way: a block of text that ends with the file, whose last line has no end.
        assert not text.endswith("\n")
        assert "|" in text
        return
    assert same(data_of(after), with_field(before, pointer.parts, True))


@given(values_files(), st.data())
def test_a_field_is_removed_and_nothing_else(text: str, data: st.DataObject) -> None:
    before = data_of(text)
    pointer = data.draw(st.sampled_from(places(before)))
    try:
        after = edited(text, remove_field(text, pointer))
    except CannotEdit:
        return
    assert same(data_of(after), without(before, pointer.parts))
    kept = iter(comments(text))
    assert all(any(line == other for other in kept) for line in comments(after)), "a comment was changed or moved"


@given(values_files(), st.data())
def test_a_key_is_renamed_and_nothing_else(text: str, data: st.DataObject) -> None:
    before = data_of(text)
    keys = [place for place in places(before) if isinstance(place.parts[-1], str)]
    pointer = data.draw(st.sampled_from(keys))
    try:
        after = edited(text, rename_field(text, pointer, "renamed"))
    except CannotEdit:
        return
    assert after.count("\n") == text.count("\n")
    assert comments(after) == comments(text)
    assert not same(data_of(after), before)


@given(values_files(), st.data())
def test_a_scalar_is_quoted_and_nothing_else(text: str, data: st.DataObject) -> None:
    before = data_of(text)
    pointer = data.draw(st.sampled_from(places(before)))
    try:
        spans = quote_field(text, pointer)
    except CannotEdit:
        return
    after = edited(text, spans)
    assert len(after) == len(text) + 2
    assert isinstance(at(data_of(after), pointer), str)


def at(data: Any, pointer: Pointer) -> Any:
    for part in pointer.parts:
        data = data[part]
    return data


def removed(before: str, after: str) -> int:
    """How many lines of a text are not in another one."""
    diff = difflib.ndiff(before.splitlines(), after.splitlines())
    return sum(line.startswith("- ") for line in diff)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: &x {}\nb: *x\n", "it has an anchor or a tag"),
        ("a: [", "the file is no YAML"),
        ("a: 1\n---\nb: 2\n", "the file is no YAML"),
        ("a: text\n", "a is no mapping"),
        ("a:\n  <<: {c: 1}\n", None),
    ],
)
def test_what_cannot_be_edited_is_said(text: str, reason: str | None) -> None:
    if reason is None:
        assert apply(text, set_field(text, Pointer(("a", "b")), 1)) == "a:\n  <<: {c: 1}\n  b: 1\n"
        return
    with pytest.raises(CannotEdit, match=reason):
        set_field(text, Pointer(("a", "b")), 1)
