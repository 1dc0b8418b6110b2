"""Laws of reading specs: nothing crashes it, everything it says has a place, and it reads what it was given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartgen.errors import InvalidInput, Problem
from chartgen.spec.load import read_spec
from chartgen.spec.model import AppSpec
from chartgen.spec.validate import problems
from chartgen.yamlread import read
from chartgen.yamlwrite import dump

VALID = sorted((Path(__file__).parent.parent / "specs" / "valid").rglob("*.yaml"))
TEXTS = [path.read_text(encoding="utf-8") for path in VALID]
TREES = [json.loads(json.dumps(read(text).data)) for text in TEXTS]

JUNK = (
    None, True, False, 0, -1, 1, 8080, 99999, 1.5, "", "x", "web", "http", "metrics", "/", "latest", "a:1",
    "10.0.0.1/8", "namespace:x", "env", "all", "1Mi", "30s", "alb", "LoadBalancer",
    [], {}, ["x"], [1], {"a": 1}, "y", "a\nb", "\u200b",
    "{{ x }}", "é", "app.kubernetes.io/name",
)  # fmt: skip


def as_json(tree: Any, indent: int | None = None) -> bytes:
    """JSON is YAML but for surrogate pairs, which Helm's parser refuses as well."""
    return json.dumps(tree, indent=indent, ensure_ascii=False).encode()


def places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in items:
        yield from places(value, (*path, key))


@st.composite
def broken_trees(draw: st.DrawFn) -> Any:
    """A valid spec with one to three of its values replaced, removed, or taken from another spec."""
    tree = deepcopy(draw(st.sampled_from(TREES)))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([place for place in places(tree) if place]))
        holder = tree
        for part in path[:-1]:
            holder = holder[part]
        other = deepcopy(draw(st.sampled_from(TREES)))
        action = draw(st.sampled_from(("replace", "remove", "rename", "borrow")))
        if action == "remove":
            del holder[path[-1]]
        elif action == "rename" and isinstance(holder, dict):
            holder[draw(st.sampled_from(("imgae", "Web", "http", "a.b/c", "port", "on")))] = holder.pop(path[-1])
        elif action == "borrow" and isinstance(holder, dict):
            holder.update(other)
        else:
            holder[path[-1]] = draw(st.sampled_from(JUNK))
        if not tree:
            break
    return tree


def judged(data: bytes) -> tuple[tuple[Problem, ...], AppSpec | None]:
    """All problems and the AppSpec, which must agree with each other."""
    found = problems(data, file="app.yaml")
    if all(problem.warning for problem in found):
        return found, read_spec(data, file="app.yaml")
    with pytest.raises(InvalidInput) as caught:
        read_spec(data, file="app.yaml")
    assert caught.value.problems == found
    return found, None


@settings(deadline=None, max_examples=150)
@given(broken_trees())
def test_broken_specs_give_problems_with_places(tree: Any) -> None:
    found, app = judged(as_json(tree))
    assert found or app is not None
    for problem in found:
        assert problem.location.line == 1
        assert problem.location.column is not None
        assert problem.code
        assert "\n" not in problem.message + problem.hint


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(TEXTS), st.data())
def test_no_text_crashes_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    junk = data.draw(
        st.sampled_from(("", " ", "\n", "\t", ":", ": ", "- ", "&a ", "*a", "{", "[", "'", '"', "!!int ", "---\n"))
    )
    judged((text[:start] + junk + text[end:]).encode())


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=200))
def test_no_bytes_crash_it(data: bytes) -> None:
    judged(data)


@settings(deadline=None)
@given(st.sampled_from(TREES))
def test_a_spec_means_the_same_however_it_is_written(tree: Any) -> None:
    first = read_spec(as_json(tree), file="app.yaml")
    assert first == read_spec(as_json(tree, indent=3), file="other.yaml")
    assert first == read_spec(dump(tree).encode(), file="app.yaml")


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_text_comes_through_unchanged(text: str) -> None:
    shown = re.sub("[\x7f-\x9f\ufffe\uffff]", "", text)  # refused where a template prints it with toYaml
    tree = {"apiVersion": "chartgen/v1", "name": "shop", "image": "a:1.0", "env": {"A": text}, "args": [shown]}
    (workload,) = read_spec(dump(tree).encode(), file="app.yaml").workloads
    assert workload.args == (shown,)
    assert workload.env[0].value == text
