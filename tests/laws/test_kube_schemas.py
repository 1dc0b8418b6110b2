"""The schemas that ship: all of them load, refer to what is there, and say what their source says."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

import pytest

from chartgen.chart.read import find_charts, read_chart
from chartgen.dev.schemas import is_stale
from chartgen.engine.api import Job, Options, Rendered
from chartgen.engine.choose import open_engine
from chartgen.engine.objects import parse
from chartgen.kube.crdrules import _environment
from chartgen.kube.releases import NEWEST, OLDEST
from chartgen.kube.schemas import Library, carried, custom, groups, is_builtin, kubernetes
from chartgen.kube.validate import validate
from tests import kubernetes as published

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = {"kubernetes": kubernetes, **{group: (lambda group=group: custom(group)) for group in sorted(groups())}}
KEYWORDS = {
    *("$ref", "in", "requiredIn", "type", "nullable", "default", "format", "enum", "pattern", "required"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength"),
    *("minItems", "maxItems", "minProperties", "maxProperties", "properties", "items", "additionalProperties"),
    *("not", "allOf", "anyOf", "oneOf", "x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields"),
    *("x-kubernetes-embedded-resource", "x-kubernetes-list-type", "x-kubernetes-list-map-keys"),
    "x-kubernetes-validations",
}


def nodes(node: Any) -> Iterator[Any]:
    """A schema node and those in it, without following references."""
    yield node
    for child in node.get("properties", {}).values():
        yield from nodes(child)
    for key in ("items", "additionalProperties", "not"):
        if key in node:
            yield from nodes(node[key])
    for key in ("allOf", "anyOf", "oneOf"):
        for child in node.get(key, ()):
            yield from nodes(child)
    for _, child in node.get("in", ()):
        yield from nodes(child)


def lines(library: Library) -> Iterator[Any]:
    line = 1
    while True:
        try:
            yield library.node(line)
        except IndexError:
            return
        line += 1


@pytest.mark.parametrize("name", LIBRARIES)
def test_every_definition_loads_and_refers_to_one(name: str) -> None:
    library = LIBRARIES[name]()
    found = list(lines(library))
    for definition in found:
        for node in nodes(definition):
            assert set(node) <= KEYWORDS, node
            assert 0 < node.get("$ref", 1) <= len(found)


@pytest.mark.parametrize("name", LIBRARIES)
def test_every_kind_has_a_schema_that_an_empty_object_can_be_held_against(name: str) -> None:
    for api_version, kinds in LIBRARIES[name]().header["kinds"].items():
        for kind in kinds:
            schema = carried(api_version, kind)
            assert schema is not None
            assert is_builtin(api_version.rpartition("/")[0]) == (name == "kubernetes")
            validate(schema, {"apiVersion": api_version, "kind": kind, "metadata": {"name": "a"}}, schema.versions)


@pytest.mark.parametrize("group", sorted(groups()))
def test_every_group_says_where_it_comes_from(group: str) -> None:
    header = custom(group).header
    assert header["licence"] == "Apache-2.0"
    assert all(header["sources"])
    assert len(header["stale"]) == len(header["sources"])


@pytest.mark.parametrize("group", sorted(groups()))
def test_every_rule_in_cel_compiles(group: str) -> None:
    pytest.importorskip("cel_expr_python")
    environment = _environment()
    rules = {
        rule["rule"]
        for definition in lines(custom(group))
        for node in nodes(definition)
        for rule in node.get("x-kubernetes-validations", ())
    }
    for rule in sorted(rules):
        if "oldSelf" not in rule:
            environment.compile(rule)


def test_the_releases_are_those_that_the_code_names() -> None:
    assert kubernetes().header["versions"] == list(range(OLDEST, NEWEST + 1))


def test_the_data_stays_small() -> None:
    data = ROOT / "chartgen" / "kube" / "data"
    assert sum(path.stat().st_size for path in data.rglob("*") if path.is_file()) < 400_000


def test_the_data_is_what_its_source_gives() -> None:
    source = package_version("kubernetes-validate")
    if source not in kubernetes().header["source"]:
        pytest.skip(f"the data was made from another kubernetes-validate than {source}")
    assert not is_stale(ROOT)


@cache
def objects() -> tuple[dict[str, Any], ...]:
    """The objects of the example charts under their default values."""
    charts = [read_chart(path) for path in find_charts([ROOT / "charts-output"])]
    with open_engine("auto", jobs=2) as engine:
        answers = list(engine.render([Job(chart, options=Options()) for chart in charts]))
    rendered = [answer for answer in answers if isinstance(answer, Rendered)]
    assert len(rendered) == len(charts)
    return tuple(dict(obj.body) for answer in rendered for obj in parse(answer.files).objects)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in an object."""
    yield path
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(item, (*path, key))


def damaged(body: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The object with one thing changed: a field renamed, removed, or given another value."""
    copy: dict[str, Any] = json.loads(json.dumps(body))
    kept = ((), ("apiVersion",), ("kind",), ("metadata",), ("metadata", "name"))
    path = chance.choice([path for path in places(copy) if path not in kept])
    parent: Any = copy
    for key in path[:-1]:
        parent = parent[key]
    way = chance.randrange(3)
    if way == 0 and isinstance(parent, dict):
        parent[f"{path[-1]}X"] = parent.pop(path[-1])
    elif way == 1 and isinstance(parent, dict):
        del parent[path[-1]]
    else:
        parent[path[-1]] = chance.choice([1, "x", True, [], {}, 1.5])
    return copy


def unread(violation: Any, body: Any) -> bool:
    """Whether it is about the text of a quantity."""
    for part in violation.pointer.parts:
        body = body[part]
    return violation.kind == "not-a-quantity" and isinstance(body, str)


@pytest.mark.parametrize("version", published.VERSIONS[::3])
def test_verdicts_are_those_of_the_published_schemas(version: str) -> None:
    chance = random.Random(version)
    judged = 0
    for body in objects():
        if not published.is_known(version, body["apiVersion"], body["kind"]):
            continue
        schema = carried(body["apiVersion"], body["kind"])
        assert schema is not None
        for candidate in (body, *(damaged(body, chance) for _ in range(3))):
            found = validate(schema, candidate, 1 << int(version.split(".")[1])).violations
            # Published schemas do not look into base64 and the text of quantities.
            ours = [one for one in found if not (unread(one, candidate) or "base64" in one.message)]
            theirs = published.errors(version, candidate)
            assert bool(ours) == bool(theirs), (candidate, [one.message for one in found], theirs)
            judged += 1
    assert judged > 100
