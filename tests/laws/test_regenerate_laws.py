"""What holds whenever a chart is generated anew: for any specs, and for any edits in between."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from chartgen.fielddata import CannotEdit
from chartgen.location import Pointer
from chartgen.regenerate.base import PATH, of_files, record, understood, written
from chartgen.regenerate.plan import Plan, Present, State, plan
from chartgen.yamledit import apply, set_field
from chartgen.yamlread import read
from tests.laws.strategies import specs
from tests.laws.test_generated_charts import EXAMPLES, STEADY, chart_of

several = settings(
    max_examples=EXAMPLES,
    phases=(Phase.explicit, Phase.generate) if STEADY else tuple(Phase),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)

Files = Mapping[str, bytes]


def generated(spec: Mapping[str, Any], name: str = "shop") -> Files:
    return chart_of({**spec, "name": name}).files


def present(base: Files, files: Files) -> Present:
    return Present(files, (), of_files(base), record(base))


def after(made: Plan) -> dict[str, bytes]:
    """The chart's files once a plan is carried out."""
    return {step.path: step.after for step in made.steps if step.after is not None}


def edited(data: st.DataObject, files: Files) -> dict[str, bytes]:
    """A chart in which somebody has taken out, added and replaced lines, and deleted files."""
    result = dict(files)
    for path in data.draw(st.lists(st.sampled_from(sorted(files)), max_size=6, unique=True)):
        if path != "Chart.yaml" and data.draw(st.integers(0, 5)) == 0:
            del result[path]
            continue
        lines = result[path].decode("utf-8", "replace").split("\n")
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(lines)))
            length = data.draw(st.integers(0, 3))
            new = data.draw(st.lists(st.sampled_from(["# ours", "", "x: 1", "  {{ x }}"]), max_size=2))
            lines[at : at + length] = new
        result[path] = "\n".join(lines).encode()
    return result


@several
@given(specs, st.data())
def test_the_same_spec_changes_nothing_whatever_was_edited(spec: dict[str, Any], data: st.DataObject) -> None:
    files = generated(spec)
    mine = edited(data, files)
    made = plan(files, present(files, mine))
    assert made.writes == {}
    assert after(made) == mine


@several
@given(specs, specs)
def test_without_edits_the_chart_is_that_of_the_new_spec(old: dict[str, Any], new: dict[str, Any]) -> None:
    before, now = generated(old), generated(new)
    made = plan(now, present(before, before))
    assert after(made) == now
    assert made.record == record(now)
    assert {step.path for step in made.of(State.REMOVED)} == before.keys() - now.keys()
    assert understood(made.record[PATH], PATH) == of_files(now)


@several
@given(specs, specs, st.data())
def test_edits_are_kept_or_in_conflict_and_a_side_decides_all(
    old: dict[str, Any], new: dict[str, Any], data: st.DataObject
) -> None:
    before, now = generated(old), generated(new)
    mine = edited(data, before)
    here = present(before, mine)
    for side in (None, "mine", "generated"):
        made = plan(now, here, side=side)
        assert side is None or made.conflicts == ()
        for step in made.steps:
            sides = (before.get(step.path), step.before, now.get(step.path))
            if step.state is State.MERGED and not step.path.startswith("templates/") and all(map(holds_mapping, sides)):
                assert holds_mapping(step.after), step.path
            if step.before is not None and step.before != before.get(step.path):
                assert step.state is not State.REPLACED, "nobody's edit is overwritten unasked"
                assert step.state is not State.REMOVED
        again = plan(now, Present(after(made), (), understood(made.record[PATH], PATH), made.record))
        if not made.conflicts:
            assert again.writes == {}, "to generate once more changes nothing"
    assert after(plan(now, here, force=True)).items() >= now.items()


def holds_mapping(content: bytes | None) -> bool:
    try:
        return isinstance(read((content or b"").decode()).data, dict)
    except ValueError:
        return False


def scalars(data: Any, at: Pointer = Pointer()) -> dict[Pointer, Any]:
    """Every value of some data that is neither a mapping nor a list, and what is empty of those."""
    if isinstance(data, dict) and data:
        return {path: value for key, one in data.items() for path, value in scalars(one, at / key).items()}
    if isinstance(data, list) and data:
        return {path: value for key, one in enumerate(data) for path, value in scalars(one, at / key).items()}
    return {at: data}


@several
@given(specs, specs, st.data())
def test_a_value_that_somebody_set_stays_and_all_others_are_the_new_ones(
    old: dict[str, Any], new: dict[str, Any], data: st.DataObject
) -> None:
    before, now = generated(old), generated(new)
    text = before["values.yaml"].decode()
    was, will_be = (scalars(read(files["values.yaml"].decode()).data) for files in (before, now))
    shared = sorted(path for path in was if path in will_be and is_plain(was[path]) and keyed(path))
    assume(shared)
    mine = {}
    for path in data.draw(st.lists(st.sampled_from(shared), min_size=1, max_size=4, unique=True)):
        value = data.draw(st.sampled_from(["ours", 77, True, "a: b", "{{ x }}", "0123"]))
        try:
            text = apply(text, set_field(text, path, value))
        except CannotEdit:
            continue
        if not same(value, was[path]):
            mine[path] = value
    assume(mine)
    made = plan(now, present(before, {**before, "values.yaml": text.encode()}))
    (step,) = (step for step in made.steps if step.path == "values.yaml")
    collide = [
        path for path, value in mine.items() if not same(will_be[path], was[path]) and not same(will_be[path], value)
    ]
    assert bool(step.conflicts) >= bool(collide)
    assume(not step.conflicts)  # what stands in a block that is generated otherwise may be in conflict with that
    assert step.after is not None
    assert scalars(read(step.after.decode()).data) == {**will_be, **mine}


def is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def keyed(path: Pointer) -> bool:
    return all(isinstance(part, str) for part in path.parts)


def same(one: Any, other: Any) -> bool:
    return json.dumps(one) == json.dumps(other)


@several
@given(specs, specs, st.data())
def test_a_line_between_two_that_stay_stays_between_them(
    old: dict[str, Any], new: dict[str, Any], data: st.DataObject
) -> None:
    before, now = generated(old), generated(new)
    paths = sorted(path for path in before.keys() & now.keys() if path.startswith("templates/"))
    path = data.draw(st.sampled_from(paths))
    was, will_be = (files[path].decode().split("\n") for files in (before, now))
    pairs = [
        (first, second)
        for first, second in pairwise(was)
        if was.count(first) == was.count(second) == will_be.count(first) == will_be.count(second) == 1
        and will_be.index(second) == will_be.index(first) + 1
    ]
    assume(pairs)
    _, second = data.draw(st.sampled_from(pairs))
    at = was.index(second)
    mine = "\n".join([*was[:at], "# ours", *was[at:]]).encode()
    made = plan(now, present(before, {**before, path: mine}))
    (step,) = (step for step in made.steps if step.path == path)
    assert step.conflicts == ()
    at = will_be.index(second)
    assert step.after == "\n".join([*will_be[:at], "# ours", *will_be[at:]]).encode()


@pytest.mark.parametrize("text", ["", "\n", "a", "a\n", "\n\n", "\r\n", "\ufeffa\n"])
def test_any_text_is_recorded_as_it_is(text: str) -> None:
    base = of_files({"x": text.encode()})
    assert understood(written(base), "x")["x"].text == text
