"""What becomes of each file of a chart that is generated anew, by what was generated before and what is there."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from chartgen.regenerate.base import PATH, of_files, record, understood, written
from chartgen.regenerate.plan import Plan, Present, State, Step, plan
from chartgen.regenerate.summary import edits, summary

BINARY = b"\x89PNG\x00"


def present(base: Mapping[str, bytes] | None, files: Mapping[str, bytes], *others: str) -> Present:
    if base is None:
        return Present(files, others)
    return Present(files, others, of_files(base), record(base))


def only(made: Plan) -> Step:
    (step,) = made.steps
    return step


# base, mine, new -> what becomes of it, and what is there then
CASES = {
    "new": (None, None, b"n\n", State.NEW, b"n\n"),
    "unchanged": (b"b\n", b"b\n", b"b\n", State.SAME, b"b\n"),
    "made by hand already": (b"b\n", b"n\n", b"n\n", State.SAME, b"n\n"),
    "replaced": (b"b\n", b"b\n", b"n\n", State.REPLACED, b"n\n"),
    "edited": (b"b\n", b"m\n", b"b\n", State.EDITED, b"m\n"),
    "merged": (b"a\nb\nc\nd\n", b"A\nb\nc\nd\n", b"a\nb\nc\nD\n", State.MERGED, b"A\nb\nc\nD\n"),
    "merged into what is there": (b"a\nb\nc\n", b"A\nb\nC\n", b"A\nb\nc\n", State.EDITED, b"A\nb\nC\n"),
    "conflict": (b"b\n", b"m\n", b"n\n", State.CONFLICT, b"<<<<<<< yours\nm\n=======\nn\n>>>>>>> generated\n"),
    "added by both": (None, b"m\n", b"n\n", State.CONFLICT, b"m\n"),
    "added by both alike": (None, b"n\n", b"n\n", State.SAME, b"n\n"),
    "deleted": (b"b\n", None, b"n\n", State.DELETED, None),
    "removed": (b"b\n", b"b\n", None, State.REMOVED, None),
    "left over": (b"b\n", b"m\n", None, State.LEFT, b"m\n"),
    "lines with other ends": (b"b\n", b"b\r\n", b"b\n", State.SAME, b"b\r\n"),
    "lines with other ends, replaced": (b"b\nb\n", b"b\r\nb\r\n", b"n\nn\n", State.REPLACED, b"n\r\nn\r\n"),
    "lines with other ends, removed": (b"b\n", b"\xef\xbb\xbfb\r\n", None, State.REMOVED, None),
    "lines with other ends, replaced by such": (b"b\n", b"b\r\n", b"n\r\nn\n", State.REPLACED, b"n\r\nn\r\n"),
    "a BOM, replaced by one": (b"b\n", b"\xef\xbb\xbfb\n", b"\xef\xbb\xbfn\n", State.REPLACED, b"\xef\xbb\xbfn\n"),
    "no text, unchanged": (BINARY, BINARY, BINARY, State.SAME, BINARY),
    "no text, replaced": (BINARY, BINARY, b"\xff", State.REPLACED, b"\xff"),
    "no text, edited": (BINARY, b"\xfe", BINARY, State.EDITED, b"\xfe"),
    "no text, conflict": (BINARY, b"\xfe", b"\xff", State.CONFLICT, b"\xfe"),
    "empty": (b"", b"", b"n", State.REPLACED, b"n"),
}


@pytest.mark.parametrize("name", CASES)
def test_states(name: str) -> None:
    base, mine, new, state, after = CASES[name]
    files = {"x": mine} if mine is not None else {}
    was = {"x": base} if base is not None else {}
    made = plan({"x": new} if new is not None else {}, present(was, files))
    step = only(made)
    assert (step.state, step.before, step.after) == (state, mine, after)
    assert bool(step.conflicts) == (state is State.CONFLICT) == bool(made.conflicts)


def test_what_is_neither_generated_nor_there_is_not_told() -> None:
    made = plan({}, present({"x": b"b"}, {}))
    assert made.steps == ()
    assert made.record == record({})


def test_where_nothing_tells_what_was_generated_every_difference_is_one() -> None:
    made = plan({"x": b"n", "y": b"n", "z": b"n"}, present(None, {"x": b"m", "y": b"n"}, "own"))
    assert [(step.path, step.state) for step in made.steps] == [
        ("own", State.FOREIGN), ("x", State.DIFFERENT), ("y", State.SAME), ("z", State.NEW),
    ]  # fmt: skip
    assert summary(made, done=False) == "would write 1 file, would replace 1 file, 1 file unchanged, kept 1 other file"


@pytest.mark.parametrize("known", [True, False])
def test_force_takes_all_that_is_generated(known: bool) -> None:
    was = {"edited": b"b", "deleted": b"b", "left": b"b", "removed": b"b"}
    files = {"edited": b"m", "left": b"m", "removed": b"b", "own": b"m"}
    made = plan({"edited": b"n", "deleted": b"n", "own": b"n"}, present(was if known else None, files), force=True)
    assert {step.path: step.after for step in made.steps if step.state in (State.NEW, State.REPLACED)} == {
        "edited": b"n", "deleted": b"n", "own": b"n",
    }  # fmt: skip
    assert [step.path for step in made.of(State.REMOVED)] == ["removed"] * known
    assert [step.path for step in made.of(State.LEFT)] == ["left"] * known


def test_a_side_decides_every_conflict_and_is_the_base_then() -> None:
    was = {"x": b"1\n2\n3\n4\n"}
    here = present(was, {"x": b"mine\n2\n3\n4\n", "y": b"mine"})
    new = {"x": b"new\n2\n3\nnew\n", "y": b"new"}
    mine, generated = (plan(new, here, side=side) for side in ("mine", "generated"))
    assert {step.path: step.after for step in mine.steps} == {"x": b"mine\n2\n3\nnew\n", "y": b"mine"}
    assert {step.path: step.after for step in generated.steps} == new
    assert mine.record == generated.record == record(new)
    again = plan(new, present(new, {step.path: step.after or b"" for step in mine.steps}))
    assert [step.state for step in again.steps] == [State.EDITED, State.EDITED]
    assert again.writes == {}


def test_what_is_left_over_is_known_when_it_is_generated_again() -> None:
    first = plan({}, present({"x": b"1\n2\n3\n"}, {"x": b"mine\n2\n3\n"}))
    assert only(first).state is State.LEFT
    base = understood(first.record[PATH], PATH)
    again = plan({"x": b"1\n2\nnew\n"}, Present({"x": b"mine\n2\n3\n"}, (), base, first.record))
    assert (only(again).state, only(again).after) == (State.MERGED, b"mine\n2\nnew\n")
    gone = plan({}, Present({}, (), base, first.record))
    assert gone.record[PATH] == written({})


def test_what_is_written_is_what_changes_and_the_record() -> None:
    was = {"same": b"1", "old": b"1", "gone": b"1"}
    made = plan({"same": b"1", "old": b"2"}, present(was, was))
    assert made.writes == {"old": b"2", "gone": None, PATH: made.record[PATH]}
    assert made.before == {"old": b"1", "gone": b"1", PATH: record(was)[PATH]}
    assert plan(was, present(was, was)).writes == {}


def test_attributes_that_somebody_changed_stay() -> None:
    here = present({"x": b"1"}, {"x": b"1"})
    here = here._replace(record={**here.record, ".chartgen/.gitattributes": b"* -text\n"})
    assert plan({"x": b"1"}, here).writes == {}


def test_attributes_that_somebody_deleted_stay_away() -> None:
    here = present({"x": b"1"}, {"x": b"1"})
    here = here._replace(record={PATH: here.record[PATH]})
    assert plan({"x": b"1"}, here).writes == {}
    assert plan({"x": b"2"}, here).writes.keys() == {"x", PATH}


def test_a_record_that_says_the_same_stays_however_it_is_written() -> None:
    here = present({"x": b"1"}, {"x": b"1"})
    here = here._replace(record={**here.record, PATH: here.record[PATH].replace(b"\n", b"\r\n")})
    assert plan({"x": b"1"}, here).writes == {}
    assert b"\r" not in plan({"x": b"2"}, here).record[PATH]


def test_only_what_is_rendered_makes_a_chart_mixed() -> None:
    def mixed(edited: str, replaced: str, *others: str) -> bool:
        was = {edited: b"1", replaced: b"1"}
        return plan({edited: b"1", replaced: b"2"}, present(was, {edited: b"mine", replaced: b"1"}, *others)).is_mixed

    assert mixed("values.yaml", "templates/a.yaml")
    assert not mixed("README.md", "templates/a.yaml")
    assert not mixed("values.yaml", "README.md")
    assert mixed("README.md", "templates/a.yaml", "templates/own.yaml")


def test_the_summary_says_what_became_of_edits() -> None:
    was = dict.fromkeys(("merged", "edited", "deleted", "left", "removed", "replaced", "same"), b"1\n2\n3\n")
    files = {
        **{name: was[name] for name in ("removed", "replaced", "same")},
        **dict.fromkeys(("merged", "edited", "left"), b"mine\n2\n3\n"),
    }
    new = {"merged": b"1\n2\nnew\n", "replaced": b"new", "deleted": b"new", "new": b"new"}
    made = plan({**new, "edited": was["edited"], "same": was["same"]}, present(was, files, "own", "own2"))
    assert summary(made, done=True) == (
        "wrote 1 file, replaced 1 file, merged your edits in 1 file, kept your edits in 1 file, removed 1 file, "
        "left out 1 file that you deleted, left 1 file that you edited, 1 file unchanged, kept 2 other files"
    )
    assert edits(made) == (
        "merged your edits in 1 file, kept your edits in 1 file, left out 1 file that you deleted, "
        "left 1 file that you edited"
    )
