"""One worker process as its parent sees it: a request in, an answer or a death out, never a wait.

Nothing here blocks: ``advance`` does what can be done now. The pool decides when to come back.
"""

import os
from _signal import SIGKILL  # type: ignore[import-not-found]  # the half without enum

from chartgen.engine.death import LARGEST_ANSWER, TOO_LARGE, Death, autopsy
from chartgen.engine.spawn import Process, memory_folder, space_prefix
from chartgen.errors import EngineError
from chartgen.tuples import NamedTuple

START_LIMIT = 60.0
"""Seconds a worker may take to load the library: it takes 0.05, from a cold disk 0.2."""

_LONGER = 5
"""How often a worker that got no processor is given the rest of its time again."""

_CHUNK = 1 << 20
_HEAD, _TAIL = 16 << 10, 48 << 10


class Reply(NamedTuple):
    """A worker's answer, and what Helm wrote to its standard error meanwhile."""

    fields: tuple[bytes, ...]
    log: str = ""


class Worker:
    """A worker and the request it is busy with. ``version`` is that of Helm's library, once it is loaded."""

    def __init__(self, process: Process) -> None:
        self.version = ""
        self.job = -1
        self.busy = False
        self.alive = True
        self._process = process
        self._outgoing = memoryview(b"")
        self._incoming = bytearray()
        self._log = bytearray()
        self._limit = 0.0
        self._deadline: float | None = None
        self._longer = 0
        self._cpu = 0.0

    def start(self, job: int, fields: tuple[bytes, ...], limit: float) -> None:
        """Give the worker its next request. Its time runs from now, or from when the library is loaded."""
        parts = [len(fields).to_bytes(4, "big")]
        for field in fields:
            parts += (len(field).to_bytes(8, "big"), field)
        self._outgoing = memoryview(b"".join(parts))
        self._limit = limit
        self._deadline = None
        self._log.clear()
        self.job = job
        self.busy = True
        self._write()  # while the answers to others are judged

    def interests(self) -> list[tuple[int, bool]]:
        """The file descriptors to watch; true for those to be written."""
        fds = [(self._process.answers, False), (self._process.errors, False)]
        return [*fds, (self._process.requests, True)] if self._outgoing else fds

    def deadline(self, now: float) -> float:
        """When this worker has to be looked at even if nothing arrives."""
        if self._deadline is None:
            self._deadline = now + (self._limit if self.version else START_LIMIT)
            self._longer = _LONGER
            self._cpu = _cpu_seconds(self._process.pid)
        return self._deadline

    def pause(self, seconds: float) -> None:
        """Do not count the seconds nobody was there to read the answer."""
        if self._deadline is not None:
            self._deadline += seconds

    def advance(self, now: float) -> Reply | Death | None:
        """Write and read what can be written and read now; the outcome when there is one.

        Raises EngineError when the library cannot be loaded.
        """
        self._write()
        ended = self._read(self._process.answers, self._incoming)
        self._read_log()
        if (fields := self._frame()) is not None and not self.version:
            if fields[0] != b"ready":
                raise EngineError(
                    f"Helm's library could not be loaded: {fields[-1].decode(errors='replace')}", hint=_REINSTALL
                )
            self.version = fields[1].decode()
            self._deadline = None
            fields = self._frame()
        if fields is not None:
            self.busy = False
            if fields[0] == b"memory":
                self.end()
                return Death("memory")
            return Reply(fields, self._log.decode(errors="replace"))
        if ended:
            return self._post_mortem()
        if len(self._incoming) > LARGEST_ANSWER:
            self.end()
            return TOO_LARGE
        if now >= self.deadline(now):
            if self._may_go_on(now):
                return None
            if not self.version:
                raise EngineError(f"Helm's library did not load within {START_LIMIT:g} s", hint=_REINSTALL)
            self.end()
            return Death("timeout")
        return None

    def _may_go_on(self, now: float) -> bool:
        """Whether the time was spent waiting for a processor: on a busy machine a chart is not slow for that."""
        if not self.version or self._longer == 0 or not (used := _cpu_seconds(self._process.pid)):
            return False
        left = self._limit - (used - self._cpu)
        if left < self._limit / 10:
            return False
        self._longer -= 1
        self._deadline = now + left
        return True

    def end(self) -> int:
        """Kill the process if it still runs and give its exit status, as ``os.waitstatus_to_exitcode`` does."""
        if not self.alive:
            return 0
        self.alive = False
        self.busy = False
        os.kill(self._process.pid, SIGKILL)
        return self._reap()

    def _reap(self) -> int:
        self.alive = False
        self.busy = False
        for fd in (self._process.requests, self._process.answers, self._process.errors):
            os.close(fd)
        try:
            _, status = os.waitpid(self._process.pid, 0)
        except ChildProcessError:  # somebody else reaps children here, as with SIGCHLD ignored
            status = 0
        remove_space(self._process.space)
        return os.waitstatus_to_exitcode(status)

    def _post_mortem(self) -> Death:
        """Why the process is gone. The answer's pipe ends only with it, so waiting for it is short."""
        if not self.version:
            detail = self._log.decode(errors="replace").strip().rpartition("\n")[2]
            self._reap()
            raise EngineError(f"the process that loads Helm ended at once: {detail}", hint=_REINSTALL)
        log = self._log.decode(errors="replace")
        return autopsy(log, self._reap())

    def _write(self) -> None:
        try:
            while self._outgoing:
                self._outgoing = self._outgoing[os.write(self._process.requests, self._outgoing) :]
        except BlockingIOError:
            pass
        except OSError:  # it has died, which reading will show
            self._outgoing = memoryview(b"")

    def _read(self, fd: int, into: bytearray) -> bool:
        """Read all there is; whether the pipe has ended."""
        try:
            while len(into) <= LARGEST_ANSWER:
                part = os.read(fd, _CHUNK)
                if not part:
                    return True
                into += part
        except BlockingIOError:
            pass
        return False

    def _read_log(self) -> None:
        """Read standard error, keeping its beginning and its end: a chart may fill it without end."""
        try:
            for _ in range(64):
                part = os.read(self._process.errors, 64 << 10)
                if not part:
                    return
                self._log += part
                if len(self._log) > 2 * (_HEAD + _TAIL):
                    del self._log[_HEAD:-_TAIL]
        except BlockingIOError:
            pass

    def _frame(self) -> tuple[bytes, ...] | None:
        """The first whole frame that has arrived, taken out."""
        data = self._incoming
        if len(data) < 4:
            return None
        fields, at = [], 4
        for _ in range(int.from_bytes(data[:4], "big")):
            if len(data) < at + 8:
                return None
            start = at + 8
            at = start + int.from_bytes(data[at:start], "big")
            if len(data) < at:
                return None
            fields.append(bytes(data[start:at]))
        del data[:at]
        return tuple(fields)


def remove_spaces_of(pid: int) -> None:
    """Remove the folders of the workers of a process that has ended before it could."""
    folder = memory_folder()
    for name in os.listdir(folder):  # noqa: PTH208 - pathlib is not imported here
        if name.startswith(space_prefix(pid)):
            remove_space(f"{folder}/{name}")


def remove_space(path: str) -> None:
    """Remove the folder that a worker was killed in while Helm was at it."""
    if os.path.isdir(path):  # noqa: PTH112
        import shutil

        shutil.rmtree(path, ignore_errors=True)


def _cpu_seconds(pid: int) -> float:
    """The processor time a process has used; 0 where the system does not say."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0


_REINSTALL = "install helm-python-sdk again, or put helm on PATH and use --engine helm"
