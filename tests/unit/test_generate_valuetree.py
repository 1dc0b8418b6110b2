"""values.yaml as text: what is written is what is read, by every reader."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chartgen.generate.valuetree import Block, Key, leaves, scalar, values_text, yaml_block
from chartgen.yamlread import read
from chartgen.yamlwrite import is_bare

STRING = {"type": "string"}
text = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    [
        "yes",
        "on",
        "~",
        "null",
        "0123",
        "1e5",
        "12:30:45",
        "0x1f",
        ".5",
        "- a",
        "a: b",
        "a #b",
        "=",
        "<<",
        "2001-01-01",
        "a\nb\n",
        "a\nb",
        " a\nb",
        "a\n b\n\n",
        "\n",
        "a\n\n",
        "#",
        "a:",
        "%",
        "100m",
        "1_000",
        "!x",
        "&x",
        "*x",
        "{{ x }}",
    ]
)
data = st.recursive(
    text | st.booleans() | st.none() | st.integers(-(2**53), 2**53) | st.sampled_from([0.25, 1.0, -2.5]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)


@given(data)
def test_data_survives_yaml_1_1(value: Any) -> None:
    written = yaml_block(value)
    assert yaml.safe_load(written) == value
    assert read(written).data == value


@given(data)
def test_data_survives_without_literal_blocks(value: Any) -> None:
    written = yaml_block({"a": value}, literals=False)
    assert yaml.safe_load(written) == {"a": value}
    assert "|" not in written.replace("\\|", "") or '"' in written


@given(text)
def test_bare_strings_are_strings_in_yaml_1_2(value: str) -> None:
    from ruamel.yaml import YAML

    if is_bare(value):
        assert YAML(typ="safe", pure=True).load(value) == value


def test_a_person_could_have_written_it() -> None:
    value = {
        "image": "ghcr.io/acme/shop:1.4.2",
        "cpu": "100m",
        "memory": "128Mi",
        "surge": "25%",
        "tag": "",
        "on": "on",
        "path": "/healthz",
        "port": 80,
        "list": ["a", {"b": "c", "d": []}],
        "text": "one\ntwo\n",
        "none": {},
    }
    assert yaml_block(value) == (
        'image: ghcr.io/acme/shop:1.4.2\ncpu: 100m\nmemory: 128Mi\nsurge: 25%\ntag: ""\n"on": "on"\npath: /healthz\n'
        "port: 80\nlist:\n  - a\n  - b: c\n    d: []\ntext: |\n  one\n  two\nnone: {}\n"
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), b"x"])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="cannot be written as YAML"):
        scalar(value)


def test_comments_and_blank_lines() -> None:
    nodes = (
        Key("replicaCount", 2, "Number of pods", {"type": "integer"}),
        Block("image", (Key("tag", "", "The tag", STRING), Key("args", [], "", STRING, example="- a")), "Where it is."),
    )
    assert values_text(nodes, "Default values.\n\nMore.") == (
        "# Default values.\n#\n# More.\n\n# -- Number of pods\nreplicaCount: 2\n\n# Where it is.\nimage:\n"
        '  # -- The tag\n  tag: ""\n  args: []\n    # - a\n'
    )


def test_comments_are_wrapped() -> None:
    written = values_text((Key("a", 1, "word " * 60, STRING),), "x")
    assert max(map(len, written.splitlines())) <= 100
    assert written.count("word") == 60


def test_leaves_are_in_order() -> None:
    nodes = (Key("a", 1, "", STRING), Block("b", (Block("c", (Key("d", 2, "", STRING),)), Key("e", 3, "", STRING))))
    assert [path for path, _ in leaves(nodes)] == [("a",), ("b", "c", "d"), ("b", "e")]


def test_remarks_stand_behind_their_line() -> None:
    key = Key("securityContext", {"a": 1, "b": {"c": True}}, "", STRING, remarks={"c": "chartgen: allow x - y"})
    assert values_text((key,), "x") == "# x\n\nsecurityContext:\n  a: 1\n  b:\n    c: true # chartgen: allow x - y\n"
