from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartgen.generate.names import camel, keys


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("web", "web"),
        ("night-report", "nightReport"),
        ("s3-2", "s3_2"),
        ("1st", "_1st"),
        ("a.b-c", "aBC"),
        ("a--b", "aB"),
    ],
)
def test_camel(name: str, key: str) -> None:
    assert camel(name) == key


def test_taken_keys_and_equal_ones_get_a_number() -> None:
    assert keys(["image", "a-b", "a.b", "web", "a-b"], taken=("image",)) == {
        "image": "image2",
        "a-b": "aB",
        "a.b": "aB2",
        "web": "web",
    }


@given(st.lists(st.from_regex(r"\A[a-z0-9][a-z0-9.-]{0,8}[a-z0-9]\Z"), max_size=8))
def test_keys_are_different_and_fit_behind_a_dot(names: list[str]) -> None:
    made = keys(names)
    assert set(made) == set(names)
    assert len(set(made.values())) == len(made)
    assert all(re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", key) for key in made.values())
