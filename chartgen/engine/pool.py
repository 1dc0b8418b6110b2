"""Runs requests in worker processes, several at a time, and outlives whatever they do.

One loop drains all pipes: a worker that has to wait for a reader does no work. A worker that takes too long, answers
too much, or dies is replaced; its request gets a Death for an answer and the others are not disturbed.
"""

import select
import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chartgen.engine import spawn
from chartgen.engine.death import Death
from chartgen.engine.process import Reply, Worker

_PATIENCE = 0.02
"""Seconds a request waits before another worker is started for it: starting takes longer than most renders."""

_AHEAD = 32
"""Answers that may wait for whoever reads them: workers do not run ahead of a slow reader without end."""


class Request(NamedTuple):
    """What a worker is to do, and the seconds it may take for it."""

    fields: tuple[bytes, ...]
    limit: float


class Pool:
    """Workers for one library, started when they are needed. ``close`` ends them; ``running`` is true during a run."""

    def __init__(self, library: str, *, size: int, memory: int = spawn.MEMORY) -> None:
        self._library = library
        self._size = max(1, size)
        self._memory = memory
        self._workers: list[Worker] = []
        self.running = False

    def run(self, requests: Iterable[Request | None]) -> Iterator[Reply | Death | None]:
        """Answer requests in their order; a None is passed through in its place.

        Requests are taken from the iterable only when a worker is free for them. Raises EngineError when the library
        cannot be loaded, and RuntimeError when an earlier run is not done.
        """
        if self.running:
            raise RuntimeError("an engine does one thing at a time: finish or close the run before")
        self.running = True
        try:
            yield from self._run(requests)
        finally:
            self.running = False
            for worker in [w for w in self._workers if w.busy]:
                worker.end()
            self._workers = [w for w in self._workers if w.alive]

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _run(self, requests: Iterable[Request | None]) -> Iterator[Reply | Death | None]:
        source = iter(requests)
        answers: dict[int, Reply | Death | None] = {}
        taken = given = 0
        more, pending = True, None
        waiting_since = 0.0
        while True:
            while more and len(answers) < _AHEAD:
                if pending is None:
                    try:
                        pending = next(source)
                    except StopIteration:
                        more = False
                        break
                    waiting_since = time.monotonic()
                    taken += 1
                if pending is None:
                    answers[taken - 1] = None
                elif worker := self._free(waiting_since):
                    worker.start(taken - 1, pending.fields, pending.limit)
                    pending = None
                else:
                    break
            busy = [worker for worker in self._workers if worker.busy]
            if given in answers:
                since = time.monotonic()
                yield answers.pop(given)
                given += 1
                away = time.monotonic() - since
                for worker in busy:
                    worker.pause(away)
                # One answer at a time: a worker that has finished meanwhile is not to wait for its next request.
                self._collect(busy, answers)
            elif busy:
                self._wait(busy, patient=pending is None or len(busy) >= self._size)
                self._collect(busy, answers)
            elif not more:
                return

    def _collect(self, busy: list[Worker], answers: dict[int, Reply | Death | None]) -> None:
        now = time.monotonic()
        for worker in busy:
            if (answer := worker.advance(now)) is not None:
                answers[worker.job] = answer
        self._workers = [worker for worker in self._workers if worker.alive]

    def _free(self, waiting_since: float) -> Worker | None:
        """A worker for the next request: an idle one, or a new one when there are none or the wait has been long."""
        for worker in self._workers:
            if not worker.busy:
                return worker
        if not self._workers:
            self._workers.append(Worker(spawn.take(self._library, memory=self._memory)))
        elif len(self._workers) < self._size and time.monotonic() - waiting_since >= _PATIENCE:
            self._workers.append(Worker(spawn.spawn(self._library, memory=self._memory)))
        else:
            return None
        return self._workers[-1]

    def _wait(self, busy: list[Worker], *, patient: bool) -> None:
        """Sleep until a worker can go on, has run out of time, or another one should be started."""
        now = time.monotonic()
        seconds = max(0.0, min(worker.deadline(now) for worker in busy) - now)
        poll = select.poll()
        for worker in busy:
            for fd, writing in worker.interests():
                poll.register(fd, select.POLLOUT if writing else select.POLLIN)
        poll.poll((seconds if patient else min(seconds, _PATIENCE)) * 1000 + 1)
