"""Several processes lint the charts of a run: what they find is what one finds, whatever happens to them."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.cli.cache import CacheFolder
from chartgen.engine import process
from chartgen.engine.embedded import Embedded
from chartgen.errors import BadSettings, CannotDo, ChartgenError, Problem
from chartgen.findings import Report
from chartgen.lint import together
from chartgen.lint.remember import Memory
from chartgen.lint.run import Settings, lint
from chartgen.lint.together import Together
from chartgen.location import Location
from chartgen.policy.ignores import Ignore
from chartgen.policy.model import Policy
from tests.unit.lint_support import POD, an_engine, chart

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")

POLICY = Policy(
    select=("floating-image-tag", "template-fails", "unused-suppression", "missing-kube-version"),
    file=".chartgen.yaml",
    ignores=(
        Ignore(("floating-image-tag",), "a test", Location(".chartgen.yaml", 3), ("c7/**",)),
        Ignore(("floating-image-tag",), "a test", Location(".chartgen.yaml", 6), ("c2/**",)),
    ),
)
"""The first of its entries is needed, the second one is not."""


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with an_engine() as opened:
        yield opened


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that are forked: every chart is worth one."""
    pids: list[int] = []
    fork = os.fork

    def noted() -> int:
        if pid := fork():
            pids.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", noted)
    monkeypatch.setattr(together, "WORTH", 1e-9)
    return pids


def charts(number: int = 12) -> list[Chart | ChartgenError]:
    """Charts that differ; the fourth cannot be rendered, the fifth not be read, and the eighth may do what it does."""
    made: list[Chart | ChartgenError] = [
        chart(
            {"values.yaml": f"image: nginx:{'latest' if place == 7 else place}\n", "templates/pod.yaml": POD},
            origin=f"charts/c{place}",
        )
        for place in range(number)
    ]
    made[3] = chart({"templates/pod.yaml": "{{ fail .Chart.Name }}"}, origin="charts/c3")
    made[4] = CannotDo("there is no chart", location=Location("charts/c4"))
    return made


def asked(one: Chart | ChartgenError) -> Settings:
    return Settings(policy=POLICY, where=one.origin.removeprefix("charts/") if isinstance(one, Chart) else "c4")


def run(engine: Any, *, processes: int = 3, memory: Memory | None = None, given: Any = None) -> Report:
    work = Together(
        given or charts(),
        read=lambda one: one,
        settings=asked,
        engine=lambda: Embedded(jobs=1),
        memory=memory,
        processes=processes,
    )
    return work.lint(engine)


def are_gone(pids: list[int]) -> bool:
    """Whether these processes have ended and somebody has noticed."""
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    return True


def test_several_processes_find_what_one_finds(engine: Embedded, begun: list[int]) -> None:
    expected = lint(charts(), engine=engine, settings=asked)
    assert {"template-fails", "missing-kube-version"} < {finding.rule for finding in expected.findings}
    assert len(expected.suppressed) == 1
    assert not begun
    assert run(engine) == expected
    assert len(begun) == 2
    assert are_gone(begun)


def test_where_python_knows_no_files_in_memory_there_are_others(
    engine: Embedded, begun: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "memfd_create")
    assert run(engine) == lint(charts(), engine=engine, settings=asked)
    assert len(begun) == 2


def test_what_the_policy_did_not_need_is_known_from_all_of_them(engine: Embedded, begun: list[int]) -> None:
    report = run(engine, given=[*charts()[:3], *charts()[5:]])
    assert [one.primary.line for one in report.findings if one.rule == "unused-suppression"] == [6]
    assert begun


def test_one_process_is_enough_for_what_is_done_in_no_time(engine: Embedded, begun: list[int]) -> None:
    assert run(engine, processes=1) == lint(charts(), engine=engine, settings=asked)
    assert not begun


def test_what_helpers_found_is_remembered(engine: Embedded, begun: list[int], tmp_path: Path) -> None:
    memory = Memory(CacheFolder(tmp_path), "tools")
    first = run(engine, memory=memory)
    assert len(list(tmp_path.iterdir())) == len(charts()) - 1  # not the one that cannot be read
    assert run(engine, memory=memory) == first


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, None])
def test_what_a_helper_that_fails_has_not_found_is_found_all_the_same(
    engine: Embedded, begun: list[int], monkeypatch: pytest.MonkeyPatch, end: signal.Signals | None
) -> None:
    us, found = os.getpid(), 0

    def write(fd: int, content: bytes) -> int:
        """What a helper does with the first of what it finds is well, with the second it stops in the middle."""
        nonlocal found
        found += os.getpid() != us and content[:2] == b"\0\0"
        if found == 2:
            whole(fd, content[:-1])
            if end is None:
                raise RuntimeError("a bug")
            os.kill(os.getpid(), end)
        return whole(fd, content)

    whole = os.write
    monkeypatch.setattr(os, "write", write)
    assert run(engine) == lint(charts(), engine=engine, settings=asked)
    assert len(begun) == 2
    assert are_gone(begun)


@pytest.mark.parametrize("refused", ["fork", "memfd_create", "pipe"])
def test_where_the_system_has_no_room_one_process_does_it(
    engine: Embedded, begun: list[int], monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    def refuse(*_: object) -> None:
        raise BlockingIOError("no room")

    expected = lint(charts(), engine=engine, settings=asked)  # the engine has its workers now
    monkeypatch.setattr(os, refused, refuse)
    assert run(engine) == expected
    assert not begun


class Interrupted:
    """An engine that is interrupted when it has rendered a few charts."""

    def __init__(self, engine: Embedded, after: int) -> None:
        self.engine = engine
        self.name = engine.name
        self.after = after

    def render(self, jobs: Any) -> Any:
        for number, answer in enumerate(self.engine.render(jobs)):
            if number == self.after:
                raise KeyboardInterrupt
            yield answer

    def lint(self, jobs: Any) -> Any:
        return self.engine.lint(jobs)


def test_an_interrupt_ends_all(engine: Embedded, begun: list[int]) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(Interrupted(engine, 1), given=charts(60))
    assert begun
    assert are_gone(begun)


def test_what_is_wrong_with_the_settings_is_said_before_anything_begins(engine: Embedded, begun: list[int]) -> None:
    def settings(one: Chart | ChartgenError) -> Settings:
        raise BadSettings((Problem("no such rule", Location(".chartgen.yaml", 2)),))

    with pytest.raises(BadSettings):
        Together(charts(), read=lambda one: one, settings=settings, engine=lambda: engine)
    assert not begun


def test_a_setting_that_helm_cannot_read_is_said_once(engine: Embedded, begun: list[int]) -> None:
    work = Together(
        charts(),
        read=lambda one: one,
        settings=lambda _: Settings(set_values=("image",)),
        engine=lambda: Embedded(jobs=1),
        processes=3,
    )
    with pytest.raises(CannotDo, match="image"):
        work.lint(engine)
    assert are_gone(begun)


@pytest.mark.parametrize("number", [1, 7, together._MOST_ENTRIES, 25_003])
def test_each_place_is_taken_once(number: int) -> None:
    line = together._Line(5, 5 + number)
    first, second = iter(line), iter(line)
    taken = [next(one) for one in (first, second, second) if number > 3]
    assert sorted([*taken, *first, *second]) == list(range(5, 5 + number))


def test_what_a_small_pipe_does_not_hold_is_left_to_the_first_process(monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    pipe = os.pipe

    def small() -> tuple[int, int]:
        reading, writing = pipe()
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
        return reading, writing

    monkeypatch.setattr(os, "pipe", small)
    assert list(together._Line(0, 5000)) == list(range(4096 // 4))


def test_a_process_with_threads_is_not_forked() -> None:
    import threading

    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert not together.can_share()
    finally:
        over.set()
        thread.join()


def test_what_a_process_that_was_killed_has_left_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "memory_folder", lambda: str(tmp_path))
    for name in ("chartgen-12-ab", "chartgen-123-ab", "other-12-ab"):
        (tmp_path / name / "chart").mkdir(parents=True)
    process.remove_spaces_of(12)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chartgen-123-ab", "other-12-ab"]
