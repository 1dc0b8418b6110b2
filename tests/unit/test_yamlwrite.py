"""What is written is read back the same, by Helm and by readers of YAML 1.2 alike."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from chartgen.yamlread import read
from chartgen.yamlwrite import dump, quote

AWKWARD = (
    "", " ", "on", "yes", "y", "null", "~", "0123", "1_000", "12:30:45", "2024-01-01", "1e3", "0x1F", ".inf", "=", "<<",
    "- a", "a: b", "a #b", "{{ .Values.x }}", "$(HOME)", "'", '"', "\\", "\n", "a\nb\n", "\t", "\r\n", "\0", "\x07",
    "\x1b", "\x7f", "\x85", "\xa0", "\u2028", "\ufeff", "é", "🚀", "%",
    "@", "`", "*a", "&a", "!t", "|", ">", "---", "...", "?",
)  # fmt: skip

texts = st.text(st.characters(exclude_categories=("Cs",)))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("index", range(len(AWKWARD)))
def test_awkward_text_survives(index: int) -> None:
    value = AWKWARD[index]
    assert read(f"a: {quote(value)}\n").data == {"a": value}
    assert read(dump({"x": value, value: "z"})).data == {"x": value, value: "z"}


@settings(deadline=None)
@given(texts)
def test_a_quoted_text_is_one_line_and_reads_back(text: str) -> None:
    quoted = quote(text)
    assert quoted.isprintable()
    assert read(f"a: {quoted}\n").data == {"a": text}
    assert YAML(typ="safe", pure=True).load(f"a: {quoted}\n") == {"a": text}


@settings(deadline=None)
@given(st.dictionaries(texts, values, max_size=5))
def test_data_reads_back(data: dict[str, Any]) -> None:
    assert same(read(dump(data)).data or {}, data)


def same(left: Any, right: Any) -> bool:
    """Equality that tells true from 1, and does not tell 1.0 from 1, which JSON does not either."""
    if isinstance(left, dict) and isinstance(right, dict):
        return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right) and isinstance(left, bool) == isinstance(right, bool)


def test_block_style_with_keys_in_their_order() -> None:
    data = {"b": {"on": [1, "x", {"c": None, "d": True}]}, "a/b.c-d": [], "e": {}, "f": 1.5}
    assert dump(data) == ('b:\n  "on":\n    - 1\n    - "x"\n    - c:\n      d: true\na/b.c-d: []\ne: {}\nf: 1.5\n')


def test_long_text_is_never_folded() -> None:
    text = "word " * 1000
    assert dump({"a": text}) == f'a: "{text}"\n'


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({1: "a"}, "a key must be text (got 1)"),
        ({"a": float("nan")}, "cannot be written as YAML: nan"),
        ({"a": float("inf")}, "cannot be written as YAML: inf"),
        ({"a": b"x"}, "cannot be written as YAML: b'x'"),
        ({"a": "\ud800"}, "text with unpaired surrogates cannot be written"),
    ],
    ids=["number-key", "nan", "infinity", "bytes", "surrogate"],
)
def test_what_cannot_be_written_is_refused(value: Any, message: str) -> None:
    with pytest.raises(ValueError, match="^" + message.replace("(", r"\(").replace(")", r"\)") + "$"):
        dump(value)
