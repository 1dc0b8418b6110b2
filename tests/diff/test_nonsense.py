"""Whatever nonsense two charts render, every judgement about objects and the cluster's view get through it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ScenarioComparison
from chartgen.compare.side import Rendering, Side
from chartgen.compare.upgrade import upgrade
from chartgen.diff.judge import judge
from chartgen.diff.object_changes import object_changes
from chartgen.engine.api import Job
from chartgen.engine.objects import parse_file
from chartgen.judgements import catalogue
from chartgen.judgements.examples import page
from chartgen.yamlread import read_all

NONSENSE: tuple[Any, ...] = (
    None, [], {}, "x", "", 1, 0, True, -5, 1.5, [1], ["a", {"b": 1}], {"a": 1}, {"name": ["x"]}, [{"name": "a"}],
    [None], "{{", 10**30, {"data": None}, [[["x"]]], "8080",
)  # fmt: skip
METADATA = {"name": "a", "version": "1.0.0"}
CHART = Chart.of({"Chart.yaml": "name: a\nversion: 1.0.0\n"}, metadata=METADATA)
KINDS = ("kind", "apiVersion")


def _judgements() -> list[Any]:
    return [catalogue.judgement(name) for name, module in catalogue.ids().items() if module.split(".")[2] in AREAS]


AREAS = ("objects", "crds")


@pytest.fixture(scope="module")
def bodies() -> list[dict[str, Any]]:
    """All objects of the examples, without those that only a template engine can read."""
    found = []
    for one in _judgements():
        for pair in page(one).pairs:
            for path, text in (*pair.before.files, *pair.after.files):
                if path.endswith(".yaml") and "{{" not in text and "kind:" in text:
                    found += [document.data for document in read_all(text) if isinstance(document.data, dict)]
    assert len(found) > 100
    return found


def _spoiled(value: Any, random: Random, share: float) -> Any:
    """The same with some parts replaced and some left out; what it is an object of stays."""
    if random.random() < share:
        return copy.deepcopy(random.choice(NONSENSE))
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if random.random() > share / 2}
        spoiled = {key: _spoiled(item, random, share) for key, item in kept.items()}
        return spoiled | {key: value[key] for key in KINDS if isinstance(value.get(key), str)}
    return [_spoiled(item, random, share) for item in value] if isinstance(value, list) else value


def _side(some: list[Any], random: Random) -> Side:
    texts = [json.dumps(body) + "\n" for body in some]
    text = "---\n".join(texts)
    again = parse_file("templates/a.yaml", "---\n".join(json.dumps(_spoiled(one, random, 0.05)) + "\n" for one in some))
    crds = {"crds/a.yaml": text.replace('"v1"', '"v2"')}
    rendering = Rendering(
        Job(CHART), parse_file("templates/a.yaml", text), None, {"templates/a.yaml": text}, crds, again
    )
    return Side(CHART, {"default": rendering})


def _pairs(bodies: list[dict[str, Any]], seed: int) -> Iterator[Comparison]:
    random = Random(seed)
    for _ in range(30):
        some = random.sample(bodies, 4)
        old, new = (_side([_spoiled(body, random, share) for body in some], random) for share in (0.02, 0.1))
        scenario = ScenarioComparison("default", "", old.renderings["default"], new.renderings["default"])
        yield Comparison(old, new, (scenario,))


@pytest.mark.parametrize("seed", range(4))
def test_it_gets_through(seed: int, bodies: list[dict[str, Any]]) -> None:
    judgements = _judgements()
    told = 0
    for both in _pairs(bodies, seed):
        judging = judge(both, judgements)
        assert judging.crashes == ()
        told += bool(judging.drafts)
        object_changes(both)
        assert upgrade(both.scenarios[0], both).failure == ""
    assert told > 25, "nearly all of what is spoiled is felt"
