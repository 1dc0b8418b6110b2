"""What a step required is remembered for exactly these charts, levels and tools."""

from __future__ import annotations

import pytest

from chartgen.changes import Level
from chartgen.chart.model import Chart
from chartgen.engine.choose import open_engine
from chartgen.policy.config import ReleaseSettings
from chartgen.release.recall import Recalled, dump, load
from chartgen.release.requirement import AS_BUILT_IN, Requirement, differing, requirement

FOUND = Requirement(Level.MAJOR, ("Deployment/web: gone",), ("values.yaml",), ("default: does not render",))
OLD = Chart.of({"Chart.yaml": "name: web\nversion: 1.0.0\n", "values.yaml": "a: 1\n"}, metadata={"name": "web"})
NEW = OLD._replace(files={**OLD.files, "values.yaml": b"a: 2\n"})


class Store(dict[str, bytes]):
    """A store in memory."""

    def put(self, key: str, content: bytes) -> None:
        self[key] = content


def test_what_was_kept_is_recalled() -> None:
    store = Store()
    memory = Recalled(store, "tools 1")
    key, known = memory.recall(OLD, NEW, AS_BUILT_IN)
    assert known is None
    memory.keep(key, FOUND)
    assert memory.recall(OLD, NEW, AS_BUILT_IN) == (key, FOUND)
    for other in (
        memory.recall(NEW, OLD, AS_BUILT_IN),
        memory.recall(OLD, NEW._replace(unpackaged={"ci/a-values.yaml": b""}), AS_BUILT_IN),
        memory.recall(OLD, NEW, ReleaseSettings({"selector-changed": Level.MINOR})),
        memory.recall(OLD, NEW, ReleaseSettings(switches=False)),
        Recalled(store, "tools 2").recall(OLD, NEW, AS_BUILT_IN),
    ):
        assert other[0] != key
        assert other[1] is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'["huge", [], [], []]', b'["major", 1, [], []]', b"\xff", b"1"])
def test_what_cannot_be_read_is_worked_out_again(content: bytes) -> None:
    assert load(content) is None
    assert load(dump(FOUND)) == FOUND


def test_the_comparison_is_made_once() -> None:
    store = Store()
    memory = Recalled(store, "tools")
    with open_engine() as engine:
        first = requirement(OLD, NEW, engine=engine, memory=memory)
        second = requirement(OLD, NEW, engine=engine, memory=memory)
    assert len(store) == 1
    assert first.report is not None
    assert second == first._replace(report=None)
    assert second.level.at_least(Level.PATCH)


def test_the_version_is_no_difference() -> None:
    text = "name: web\nversion: {}\nannotations:\n  artifacthub.io/changes: {}\n"
    charts = []
    for version, changes in (("1.0.0", "a"), ("1.1.0", "b")):
        described = {"version": version, "annotations": {"artifacthub.io/changes": changes}}
        charts.append(Chart.of({"Chart.yaml": text.format(version, changes)}, metadata=described))
    assert differing(*charts) == ()
    assert differing(charts[0], charts[1]._replace(metadata={"version": "1.1.0", "home": "x"})) == ("Chart.yaml",)
