"""Runs requests in worker processes, several at a time, and outlives whatever they do.

All requests wait in one line, whichever run they belong to, so that workers have something to do while one run's
answers are read. A worker that takes too long, answers too much, or dies is replaced; its request gets a Death for an
answer and the others are not disturbed.
"""

import select
import time
from collections import deque
from collections.abc import Iterable, Iterator

from chartgen.engine import spawn
from chartgen.engine.death import Death
from chartgen.engine.process import Reply, Worker, remove_space
from chartgen.tuples import NamedTuple

_PATIENCE = 0.02
"""Seconds there is a line before another worker is started: starting one takes longer than most renders."""

_AHEAD = 32
"""Requests of a run that may have been taken before their answers are read: one that takes long holds up no worker."""


class Request(NamedTuple):
    """What a worker is to do, and the seconds it may take for it."""

    fields: tuple[bytes, ...]
    limit: float


class Pool:
    """Workers for one library, started when they are needed. ``close`` ends them.

    Only those that are ``online`` can reach the network.
    """

    def __init__(self, library: str, *, size: int, memory: int = spawn.MEMORY, online: bool = False) -> None:
        self._library = library
        self._size = max(1, size)
        self._memory = memory
        self._online = online
        self._workers: list[Worker] = []
        self._spaces: list[str] = []
        self._line: deque[tuple[int, Request]] = deque()
        self._waiting_since = 0.0  # since when there has been a line
        self._answers: dict[int, Reply | Death | None] = {}
        self._tickets = 0
        self._left = 0.0

    def run(self, requests: Iterable[Request | None]) -> Iterator[Reply | Death | None]:
        """Answer requests in their order; a None is passed through in its place.

        The first requests are taken at once, the next ones when there are workers for them. Several runs may be open at
        a time. Raises EngineError when the library cannot be loaded.
        """
        source = iter(requests)
        tickets: deque[int] = deque()
        self._take(source, tickets)
        return self._given(source, tickets)

    def close(self) -> None:
        """End all workers."""
        self._line.clear()
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        for space in self._spaces:
            remove_space(space)  # of one whose end was interrupted
        self._spaces.clear()

    def _take(self, source: Iterator[Request | None], tickets: deque[int]) -> None:
        """Put requests of a run into the line, so that there is one for each worker and one to follow."""
        while len(tickets) < _AHEAD and sum(ticket not in self._answers for ticket in tickets) <= self._size:
            try:
                request = next(source)
            except StopIteration:
                return
            self._tickets += 1
            tickets.append(self._tickets)
            if request is None:
                self._answers[self._tickets] = None
                continue
            if not self._line:
                self._waiting_since = time.monotonic()
            self._line.append((self._tickets, request))
            self._feed()

    def _given(self, source: Iterator[Request | None], tickets: deque[int]) -> Iterator[Reply | Death | None]:
        """The answers of a run, more requests being taken as they are read."""
        try:
            while tickets:
                self._come_back()
                while tickets[0] not in self._answers:
                    self._turn()
                    self._take(source, tickets)
                answer = self._answers.pop(tickets.popleft())
                self._take(source, tickets)
                self._left = time.monotonic()
                yield answer
        finally:
            self._forget(tickets)

    def _come_back(self) -> None:
        """See what has arrived while nobody looked, which does not count as a worker's time."""
        busy = self._busy()
        if self._left:
            away = time.monotonic() - self._left
            for worker in busy:
                worker.pause(away)
            self._left = 0.0
        self._collect(busy)
        self._feed()

    def _turn(self) -> None:
        """Wait until something happens."""
        busy = self._busy()
        self._wait(busy, patient=not self._line or len(busy) >= self._size)
        self._collect(busy)
        self._feed()

    def _forget(self, tickets: Iterable[int]) -> None:
        """Let go of a run that is given up: its requests wait no longer, and workers busy with them are ended."""
        gone = set(tickets)
        self._line = deque(entry for entry in self._line if entry[0] not in gone)
        for worker in self._busy():
            if worker.job in gone:
                worker.end()
        self._workers = [worker for worker in self._workers if worker.alive]
        for ticket in gone:
            self._answers.pop(ticket, None)

    def _busy(self) -> list[Worker]:
        return [worker for worker in self._workers if worker.busy]

    def _collect(self, busy: list[Worker]) -> None:
        now = time.monotonic()
        for worker in busy:
            if (answer := worker.advance(now)) is not None:
                self._answers[worker.job] = answer
        self._workers = [worker for worker in self._workers if worker.alive]

    def _feed(self) -> None:
        """Give idle workers what waits in line."""
        while self._line and (worker := self._free()):
            ticket, request = self._line.popleft()
            worker.start(ticket, request.fields, request.limit)

    def _free(self) -> Worker | None:
        """A worker for the next request: an idle one, or a new one when there are none or the line stays."""
        for worker in self._workers:
            if not worker.busy:
                return worker
        if not self._workers:
            self._begin(spawn.take(self._library, memory=self._memory, online=self._online))
        elif len(self._workers) < self._size and time.monotonic() - self._waiting_since >= _PATIENCE:
            self._begin(spawn.spawn(self._library, memory=self._memory, online=self._online))
            self._waiting_since = time.monotonic()
        else:
            return None
        return self._workers[-1]

    def _begin(self, process: spawn.Process) -> None:
        self._spaces.append(process.space)
        self._workers.append(Worker(process))

    def _wait(self, busy: list[Worker], *, patient: bool) -> None:
        """Sleep until a worker can go on, has run out of time, or another one should be started."""
        now = time.monotonic()
        seconds = max(0.0, min((worker.deadline(now) for worker in busy), default=now) - now)
        poll = select.poll()
        for worker in busy:
            for fd, writing in worker.interests():
                poll.register(fd, select.POLLOUT if writing else select.POLLIN)
        poll.poll((seconds if patient else min(seconds, _PATIENCE)) * 1000 + 1)
