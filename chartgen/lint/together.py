"""Lints the charts of a run in several processes: one process of Python uses one processor, however many there are.

The first process begins alone. Once what is left would take long enough, it forks others; each takes the next chart
from the same line, renders with an engine of its own, and writes what it found where the first reads it at the end.
Nothing depends on which process took a chart, and nothing is lost with one that fails: the first lints its charts.
"""

from __future__ import annotations

import os
import sys
import time
from _signal import SIGTERM  # type: ignore[import-not-found]  # the half without enum
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Generic, NoReturn, TypeVar

from chartgen.chart.model import Chart
from chartgen.engine import spawn
from chartgen.engine.api import Engine
from chartgen.engine.process import remove_spaces_of
from chartgen.errors import ChartgenError
from chartgen.findings import Report
from chartgen.lint.remember import Memory, Remembered, dump, load
from chartgen.lint.run import each, report
from chartgen.lint.settings import Settings
from chartgen.lint.tasks import Judges, Linted, tasks
from chartgen.processors import processors

_T = TypeVar("_T")

MANY = 8
"""Charts from which on they are worth several processes; fewer have one, which renders several at a time."""

MOST = 8
"""Processes that are used unless somebody asks for more: each may need 400 MB for large charts."""

WORTH = 0.15
"""Seconds of work for which a process is worth being started: its engine takes 0.05 to load."""

_MOST_ENTRIES = 10_000
"""Entries of the line, which a pipe holds at once."""


def processes_for(charts: int, jobs: int | None) -> int:
    """How many processes so many charts are worth; ``jobs`` where somebody asks for that many.

    Several need an engine that is Helm's library: the other one has threads.
    """
    return (jobs or min(MOST, processors())) if charts >= MANY and can_share() else 1


def can_share() -> bool:
    """Whether this process can be forked: on Linux, where it has no threads, those of libraries among them."""
    try:
        return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


class Together(Generic[_T]):
    """The charts of a run, given as whatever ``read`` and ``settings`` take, and the processes that lint them.

    ``engine`` opens one more engine, which renders one chart at a time. ``read`` gives a chart, or the error that says
    why it cannot be read.
    """

    def __init__(
        self,
        charts: Sequence[_T],
        *,
        read: Callable[[_T], Chart | ChartgenError],
        settings: Callable[[_T], Settings],
        engine: Callable[[], Engine],
        memory: Memory | None = None,
        processes: int = 1,
    ) -> None:
        self._charts = charts
        self._read = read
        # What is wrong with a policy file is said before anything is linted, whoever would have come across it.
        self._settings = [settings(chart) for chart in charts]
        self._engine = engine
        self._memory = memory
        self._processes = processes
        self._judges = Judges()
        self._helpers: list[_Helper] = []

    def lint(self, engine: Engine) -> Report:
        """The report on all charts, which this process lints with ``engine``; see ``run.lint`` for what is raised."""
        try:
            found = dict(self._linted(self._taken(), engine))
            for helper in self._helpers:
                found |= helper.found(self._judge)
        finally:
            for helper in self._helpers:
                helper.end()
        found |= self._linted([place for place in range(len(self._charts)) if place not in found], engine)
        return report([found[place] for place in sorted(found)], self._judges)

    def _judge(self, place: int, one: Remembered) -> Linted:
        return Linted(self._judges.of(self._settings[place].policy), one)

    def _linted(self, places: Iterable[int], engine: Engine) -> Iterator[tuple[int, Linted]]:
        """What is found in the charts at some places."""
        taken: deque[int] = deque()

        def charts() -> Iterator[tuple[Chart | ChartgenError, Settings]]:
            for place in places:
                taken.append(place)
                yield self._read(self._charts[place]), self._settings[place]

        for one in each(tasks(charts(), self._judges, self._memory), engine, memory=self._memory):
            yield taken.popleft(), one

    def _taken(self) -> Iterator[int]:
        """The charts that this process takes: all, until there are others."""
        began = time.monotonic()
        for place in range(len(self._charts)):
            left = (time.monotonic() - began) / max(place, 1) * (len(self._charts) - place)
            if helpers := min(self._processes - 1, int(left / WORTH)):
                yield from self._shared(place, helpers)
                return
            yield place

    def _shared(self, first: int, helpers: int) -> Iterator[int]:
        """The charts from ``first`` on that this process takes, while some helpers take others."""
        line: Iterable[int] = range(first, len(self._charts))
        with suppress(OSError):  # where the system has no room for more, there are fewer
            line = shared = _Line(first, len(self._charts))
            for _ in range(helpers):
                self._helpers.append(self._forked(shared))
        return iter(line)

    def _forked(self, line: _Line) -> _Helper:
        """One more process, which takes charts from a line. Raises OSError when the system refuses."""
        found = _shared_file()
        try:
            pid = os.fork()
        except OSError:
            os.close(found)
            raise
        if pid == 0:
            self._help(line, found)
        return _Helper(pid, found)

    def _help(self, line: _Line, found: int) -> NoReturn:
        """What a helper does. Whatever goes wrong, the first process meets too when it does what is missing."""
        code = 1
        try:
            spawn.leave()
            with self._engine() as engine:
                for place, one in self._linted(line, engine):
                    content = dump(one.found)
                    os.write(found, place.to_bytes(4, "big") + len(content).to_bytes(8, "big") + content)
            code = 0
        finally:
            os._exit(code)


def _shared_file() -> int:
    """A file without a name, which processes that are forked have too. Raises OSError when the system refuses.

    It is in memory, where Python knows how: one that was built for an old C library does not.
    """
    if hasattr(os, "memfd_create"):
        return os.memfd_create("chartgen")
    from tempfile import TemporaryFile

    with TemporaryFile(buffering=0) as file:
        return os.dup(file.fileno())


class _Line:
    """Places from which several processes take the next one each, until there are no more."""

    def __init__(self, first: int, end: int) -> None:
        self._end = end
        self._step = (end - first) // _MOST_ENTRIES + 1
        self._parent = os.getpid()
        self._fd, filling = os.pipe()
        # A user with many pipes gets small ones; what has no room in it is left to the first process, at the end.
        os.set_blocking(filling, False)
        os.write(filling, b"".join(place.to_bytes(4, "big") for place in range(first, end, self._step)))
        os.close(filling)

    def __iter__(self) -> Iterator[int]:
        while entry := os.read(self._fd, 4):
            place = int.from_bytes(entry, "big")
            yield from range(place, min(place + self._step, self._end))
            if self._parent not in (os.getpid(), os.getppid()):
                return  # the first process is gone: nobody will read what is found


class _Helper:
    """A process that was forked, and the file that it writes what it finds into."""

    def __init__(self, pid: int, found: int) -> None:
        self._pid = pid
        self._found = found
        self._is_over = False

    def found(self, linted: Callable[[int, Remembered], Linted]) -> Iterator[tuple[int, Linted]]:
        """What it has found, by place, once it has ended."""
        self._wait()
        os.lseek(self._found, 0, os.SEEK_SET)
        with os.fdopen(os.dup(self._found), "rb") as file:
            while len(head := file.read(12)) == 12:
                content = load(file.read(int.from_bytes(head[4:], "big")))
                if content is not None:
                    place = int.from_bytes(head[:4], "big")
                    yield place, linted(place, content)

    def end(self) -> None:
        """End it, if it still runs; its workers end with it."""
        if not self._is_over:
            with suppress(ProcessLookupError):
                os.kill(self._pid, SIGTERM)  # which is seldom ignored, as SIGINT is in the background
            self._wait()
        os.close(self._found)

    def _wait(self) -> None:
        status = -1
        with suppress(ChildProcessError):  # where somebody else reaps children, as with SIGCHLD ignored
            _, status = os.waitpid(self._pid, 0)
        if status:
            remove_spaces_of(self._pid)
        self._is_over = True
