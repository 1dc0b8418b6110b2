"""Which of two schemas accepts more, keyword by keyword; and that what is said is true, tried with values."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartgen.compare.schema import LOOSENED, TIGHTENED, schema_changes
from chartgen.compare.schemaread import accepts
from chartgen.jsonschemas import validator

S: dict[str, Any] = {"type": "string"}

TIGHTER = [
    ({}, {"type": "string"}, "type"),
    ({"type": ["string", "integer"]}, {"type": "string"}, "type"),
    ({"type": "number"}, {"type": "integer"}, "type"),
    ({"anyOf": [{"type": "string"}, {"type": "object"}]}, {"type": "object"}, "type"),
    (S, {**S, "enum": ["a"]}, "enum"),
    ({"enum": ["a", "b"]}, {"enum": ["a"]}, "enum"),
    ({"enum": ["a", "b"]}, {"const": "a"}, "const"),
    (S, {**S, "pattern": "^a"}, "pattern"),
    ({"minimum": 1}, {"minimum": 2}, "minimum"),
    ({}, {"minLength": 1}, "minLength"),
    ({"maximum": 5}, {"maximum": 4}, "maximum"),
    ({}, {"uniqueItems": True}, "uniqueItems"),
    ({"properties": {"a": S}}, {"properties": {"a": S}, "required": ["a"]}, "required"),
    ({"properties": {"a": S}}, {"properties": {"a": S}, "additionalProperties": False}, "additionalProperties"),
    (
        {"properties": {"a": S, "b": S}, "additionalProperties": False},
        {"properties": {"a": S}, "additionalProperties": False},
        "properties",
    ),
    ({"items": {}}, {"items": S}, "type"),
    ({"properties": {"a": {}}}, {"properties": {"a": {"minLength": 2}}}, "minLength"),
]


@pytest.mark.parametrize(("old", "new", "keyword"), TIGHTER)
def test_tighter_one_way_is_looser_the_other(old: Any, new: Any, keyword: str) -> None:
    there, back = schema_changes(old, new), schema_changes(new, old)
    assert [(one.kind, one.keyword) for one in there] == [(TIGHTENED, keyword)]
    assert there[0].certain
    assert [one.kind for one in back] == [LOOSENED]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"pattern": "^a"}, {"pattern": "^[ab]"}),
        ({}, {"not": {"const": 1}}),
        ({"oneOf": [{"minimum": 1}]}, {"oneOf": [{"minimum": 2}]}),
        ({}, {"if": {"const": 1}, "then": {"maximum": 2}}),
        ({}, {"format": "ipv4"}),
        ({"patternProperties": {"^a": S}}, {"patternProperties": {"^b": S}}),
    ],
)
def test_what_cannot_be_decided_is_likely(old: Any, new: Any) -> None:
    found = schema_changes(old, new)
    assert found
    assert all(one.kind == TIGHTENED and not one.certain for one in found)


def test_references_are_followed_on_both_sides() -> None:
    old = {"properties": {"a": {"$ref": "#/$defs/level"}}, "$defs": {"level": {"enum": ["x", "y"]}}}
    new = {"properties": {"a": {"$ref": "#/$defs/level"}}, "$defs": {"level": {"enum": ["x"]}}}
    (one,) = schema_changes(old, new)
    assert (one.kind, one.place, str(one.new)) == (TIGHTENED, ("a",), "/$defs/level/enum")


def test_a_schema_that_refers_to_itself_ends() -> None:
    old = {"$ref": "#/$defs/node", "$defs": {"node": {"properties": {"below": {"$ref": "#/$defs/node"}}}}}
    new = {"$ref": "#/$defs/node", "$defs": {"node": {"properties": {"below": {"$ref": "#/$defs/node"}, "a": S}}}}
    assert [one.place for one in schema_changes(old, new)] == [("a",)]


def test_titles_are_no_change_of_what_is_accepted() -> None:
    found = schema_changes({"title": "a", "default": 1}, {"title": "b", "$comment": "c"})
    assert {one.kind for one in found} == {"annotated"}


def test_accepts_says_which_types_a_place_takes() -> None:
    schema = {"properties": {"a": {"properties": {"b": {"type": ["string", "object"]}}}}}
    assert accepts(schema, ("a", "b"), "string") is True
    assert accepts(schema, ("a", "b"), "array") is False
    assert accepts(schema, ("a", "c"), "string") is None
    assert accepts(None, ("a",), "string") is None


_WORDS = st.sampled_from(["a", "b", "c"])
_LEAF = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["string", "integer", "number", "boolean", ["string", "null"], ["integer", "string"]]),
        "enum": st.lists(st.sampled_from(["a", "b", 1, 2, None]), min_size=1, max_size=4, unique_by=repr),
        "minimum": st.integers(0, 3),
        "maximum": st.integers(0, 3),
        "minLength": st.integers(0, 2),
    },
)
_SCHEMAS = st.recursive(
    _LEAF,
    lambda inner: st.fixed_dictionaries(
        {"type": st.just("object")},
        optional={
            "properties": st.dictionaries(_WORDS, inner, max_size=3),
            "required": st.lists(_WORDS, max_size=2, unique=True),
            "additionalProperties": st.booleans(),
        },
    ),
    max_leaves=4,
)
_VALUES = st.recursive(
    st.sampled_from(["", "a", "b", "abc", 0, 1, 2, 1.5, None, True]),
    lambda inner: st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=300, deadline=None)
@given(old=_SCHEMAS, new=_SCHEMAS, value=_VALUES)
def test_what_is_refused_only_now_was_told(old: Any, new: Any, value: Any) -> None:
    """A value that the old schema accepts and the new one refuses has a change that says so."""
    if not list(validator(old).iter_errors(value)) and list(validator(new).iter_errors(value)):
        assert any(one.kind in (TIGHTENED, "described") for one in schema_changes(old, new))
