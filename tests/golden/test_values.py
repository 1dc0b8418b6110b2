"""Every setting in values.yaml does something: changing it changes what is rendered, or is refused, in a scenario."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from jsonschema import Draft7Validator

from chartgen.engine.api import Failure, Rendered
from chartgen.yamlread import read
from tests.golden.charts import EVERYTHING, NAMES, PATHS, Helm, chart, scenarios


def settings(values: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The scalars, and the lists and empty mappings, with the keys that lead to them."""
    for key, value in values.items():
        if isinstance(value, Mapping) and value:
            yield from settings(value, (*path, key))
        else:
            yield (*path, key), value


OTHERS: Mapping[type, tuple[Any, ...]] = {
    str: (
        "other",
        "https://other.example.com",
        "7m",
        "40%",
        "sha256:" + "ef" * 32,
        "Always",
        "Never",
        "NodePort",
        "Recreate",
        "SecretStore",
        "7Gi",
        "Delete",
        "ReadWriteMany",
        "OnDelete",
        "OrderedReady",
        "Replace",
        "IfHealthyBudget",
        "None",
        "External",
        "Pods",
        "AverageValue",
    ),
    list: (
        [{"name": "other"}],
        ["other"],
        [{"host": "other.example.com"}],
        [{"secretName": "other"}],
        [{"key": "other"}],
        [{"topologyKey": "other", "maxSkew": 1, "whenUnsatisfiable": "DoNotSchedule"}],
        [{"filters": []}],
        [5353],
        ["ReadOnlyMany"],
    ),
    dict: (
        {"other": "text"},
        {"exec": {"command": ["other"]}},
        {"postStart": {"sleep": {"seconds": 3}}},
        {"podAffinity": {}},
        {"replicas": 7},
        {"other": {"type": "Pods", "pods": {}}},
        {"other": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "other"}}},
    ),
}


def candidates(value: Any) -> tuple[Any, ...]:
    """Other values of the same kind; the schema says which of them a setting may have."""
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int | float):
        return (value + 2, 0)
    return next(others for kind, others in OTHERS.items() if isinstance(value, kind))


def nested(path: tuple[str, ...], value: Any) -> Any:
    for key in reversed(path):
        value = {key: value}
    return value


def overlaid(base: Any, over: Any) -> Any:
    """Values as Helm lays them over each other."""
    if not isinstance(base, Mapping) or not isinstance(over, Mapping):
        return over
    return {**base, **{key: overlaid(base.get(key), value) for key, value in over.items()}}


@pytest.mark.parametrize("name", [name for name in NAMES if PATHS[name] != EVERYTHING])
def test_every_setting_has_an_effect(name: str, helm: Helm) -> None:
    made = chart(name)
    defaults = read(made.text("values.yaml") or "").data
    valid = Draft7Validator(json.loads(made.text("values.schema.json") or "")).is_valid
    # The schema has been asked already, and compiling it takes most of a render.
    bare = made._replace(files={path: text for path, text in made.files.items() if path != "values.schema.json"})
    bases = [(values, helm.answer(bare, values=values)) for values in scenarios(made).values()]
    bases.sort(key=lambda base: -shown(base[1]))  # what renders most shows most, and one render that shows it is enough
    passed_on = {one.get("alias", one["name"]) for one in made.metadata.get("dependencies", ())}
    idle = []
    for path, default in settings(defaults):
        if path[0] in passed_on and path[1:] != ("enabled",):
            continue
        others = (nested(path, value) for value in candidates(default) if value != default)
        other = next((values for values in others if valid(overlaid(defaults, values))), None)
        assert other is not None, f"no other value for {'.'.join(path)}; add one to OTHERS"
        if not any(changes(helm.answer(bare, values=overlaid(base, other)), before) for base, before in bases):
            idle.append(".".join(path))
    assert idle == []


def shown(answer: Rendered | Failure) -> int:
    """How many characters were rendered."""
    return sum(map(len, answer.files.values())) if isinstance(answer, Rendered) else 0


def changes(after: Rendered | Failure, before: Rendered | Failure) -> bool:
    """Whether something else is rendered; a refusal with a reason of the chart's own is an effect, too."""
    assert isinstance(before, Rendered)
    if isinstance(after, Failure):
        reasons = (
            "exclude each other",
            "autoscaling",
            "needs all of its values",
            "needs a service account of its own",
            "host must be set",
        )
        assert any(reason in after.message for reason in reasons), after
        return True
    return after.files != before.files


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_setting_may_be_null(name: str, helm: Helm) -> None:
    """As it is where everything below it was commented out."""
    made = chart(name)
    nulls: dict[str, Any] = {}
    for path, default in settings(read(made.text("values.yaml") or "").data):
        if default in ({}, []):
            nulls = overlaid(nulls, nested(path, None))
    answer = helm.answer(made, values=nulls)
    assert isinstance(answer, Rendered), answer
    assert answer.files == helm.answer(made).files
