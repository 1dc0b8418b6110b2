"""Whatever a Chart.yaml looks like, a release changes what it means to and not a byte beside it."""

from __future__ import annotations

import difflib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chartgen.fielddata import CannotEdit, same, with_field
from chartgen.release.changelog import holds, with_release
from chartgen.release.chartyaml import CHANGES, with_changes
from chartgen.release.entries import CATEGORIES, Entry
from chartgen.release.scalars import set_text
from chartgen.yamlread import read
from tests.laws.test_yamledit import places, values_files

VERSIONS = st.sampled_from(
    ["2.0.0", "2.0.0-rc.1", "1.10", "yes", "v3", "0x1F", "a: b", "it's", '"', "é", "^1.2", ">=1"]
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
ENTRIES = st.lists(st.builds(Entry, st.sampled_from(CATEGORIES), TEXTS, st.booleans()), min_size=1, max_size=3)


def data_of(text: str) -> Any:
    return read(text.removeprefix("\ufeff")).data


@given(st.data())
def test_a_scalar_changes_alone_and_in_one_place(data: st.DataObject) -> None:
    text = data.draw(values_files())
    pointer = data.draw(st.sampled_from(places(data_of(text))))
    value = data.draw(VERSIONS)
    try:
        after = set_text(text, pointer, value)
    except CannotEdit:
        return
    assert same(data_of(after), with_field(data_of(text), pointer.parts, value))
    spans = [
        one for one in difflib.SequenceMatcher(None, text, after, autojunk=False).get_opcodes() if one[0] != "equal"
    ]
    assert sum(text[one[1] : one[2]].count("\n") + after[one[3] : one[4]].count("\n") for one in spans) == 0


@given(values_files(), ENTRIES)
def test_what_artifact_hub_is_told_changes_alone(text: str, entries: list[Entry]) -> None:
    try:
        after = with_changes(text, entries)
    except CannotEdit:
        return
    told = data_of(after)["annotations"][CHANGES]
    expected = with_field(data_of(text), ("annotations", CHANGES), told)
    assert same(data_of(after), expected)
    listed = read(told).data
    assert [one["kind"] for one in listed] == [one.category.lower() for one in entries]
    assert all(one["description"].endswith(entry.text) for one, entry in zip(listed, entries, strict=True))
    kept = [line for line in text.splitlines() if line.strip()]
    assert [line for line in kept if line not in after] == []


@given(st.lists(st.sampled_from([
    "# Changelog", "", "## [Unreleased]", "## Unreleased", "## [1.2.0] - 2026-01-01", "## 1.1.0", "### Added", "- x",
    "* y", "text", "[1.2.0]: https://h/compare/v1.1.0...v1.2.0", "[Unreleased]: https://h/compare/v1.2.0...HEAD", "```",
])), st.sampled_from(["\n", "\r\n"]), ENTRIES)  # fmt: skip
def test_a_changelog_loses_no_line(lines: list[str], newline: str, entries: list[Entry]) -> None:
    text = newline.join(lines)
    try:
        after = with_release(text, "1.3.0", day="2026-11-26", entries=entries, previous="1.2.0")
    except CannotEdit:
        assert lines.count("```") % 2, "nothing that does not end is there to swallow the release"
        return
    assert holds(after, "1.3.0")
    # The link to what is unreleased follows; every other line is still there, as often as before.
    for line in {line for line in lines if line and not line.startswith("[Unreleased]")}:
        assert after.splitlines().count(line) >= lines.count(line), line
    assert with_release(after, "1.3.0", day="2027-01-01", entries=entries, previous="1.2.0") == after
    assert newline not in text or newline == "\n" or "\n" not in after.replace("\r\n", "")
