"""Runs ``helm`` once, within limits of time, memory and output."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING

from chartgen.engine.death import LARGEST_ANSWER, TOO_LARGE, Death, autopsy
from chartgen.errors import EngineError

if TYPE_CHECKING:
    from subprocess import Popen

MEMORY = 3 << 30
"""Bytes of address space helm may have, where the system keeps such a limit."""

_LIMITS = 'ulimit -v "$1" 2>/dev/null; ulimit -c 0; ulimit -f "$2"; ulimit -t "$3"; shift 3; exec "$@"'
_BLOCK = 512
_ERROR = re.compile(r"^Error: (.*?)(?=^helm\.go:|^level=|^\S+\.go:\d+:|\Z)", re.MULTILINE | re.DOTALL)
_LOG = re.compile(r"^level=(?!DEBUG).*\n?", re.MULTILINE)
_LONGEST_LOG = 64 << 10


@dataclass(frozen=True, slots=True)
class Ended:
    """What helm printed; its error without ``Error: ``, ``""`` when there was none; and what else it had to say."""

    output: str
    error: str
    log: str


class Processes:
    """The helms that run at a time, in several threads, so that all can be ended."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: set[Popen[bytes]] = set()
        self._is_over = False

    def run(
        self, command: list[str], *, stdout: IO[bytes], stderr: IO[bytes], env: Mapping[str, str], limit: float
    ) -> int:
        """Run a command and give its exit code. Raises TimeoutExpired after ``limit`` seconds, and OSError."""
        import subprocess

        with self._lock:
            if self._is_over:
                return -signal.SIGKILL
            # In a group of its own: Ctrl-C is for chartgen, which ends it itself.
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, env=env, process_group=0
            )
            self._running.add(process)
        try:
            return process.wait(limit)
        finally:
            process.kill()
            process.wait()
            with self._lock:
                self._running.discard(process)

    def end(self) -> None:
        """Kill what runs, and start no more."""
        with self._lock:
            self._is_over = True
            for process in self._running:
                process.kill()


def run(arguments: list[str], folder: Path, *, time_limit: float, processes: Processes) -> Ended | Death:
    """Run helm; ``folder`` takes its output. No cluster is configured for it and no host can be reached from it."""
    from subprocess import TimeoutExpired

    nowhere = "http://127.0.0.1:9"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HELM_", "KUBE"))}
    environment |= {
        "HTTP_PROXY": nowhere,
        "HTTPS_PROXY": nowhere,
        "NO_PROXY": "",
        "KUBECONFIG": os.devnull,
        "TZ": "UTC",
    }
    limits = ["/bin/sh", "-c", _LIMITS, "sh", str(MEMORY // 1024), str(LARGEST_ANSWER // _BLOCK)]
    # All the processor time there is in its time. When chartgen itself is killed, this ends a helm that hangs.
    limits.append(str(int(time_limit * (os.cpu_count() or 1)) + 1))
    out, err = folder / "stdout", folder / "stderr"
    with out.open("wb") as stdout, err.open("wb") as stderr:
        try:
            code = processes.run([*limits, *arguments], stdout=stdout, stderr=stderr, env=environment, limit=time_limit)
        except TimeoutExpired:
            return Death("timeout")
        except OSError as problem:
            raise EngineError(f"helm could not be started: {problem}", hint="check --engine and PATH") from None
    log = _ends(err)
    match = _ERROR.search(log)
    if code and not match:
        if code in (126, 127):
            raise EngineError(f"helm could not be started: {log.strip()}", hint="check --engine and PATH")
        return autopsy(log, code)
    if out.stat().st_size >= LARGEST_ANSWER:
        return TOO_LARGE
    error = match[1].strip() if match else ""
    return Ended(out.read_text("utf-8", "surrogateescape"), error, "".join(_LOG.findall(log)))


def _ends(path: Path) -> str:
    """The beginning and the end of a file: a chart may make helm write without end."""
    with path.open("rb") as file:
        text = file.read(_LONGEST_LOG)
        if (rest := path.stat().st_size - len(text)) > 0:
            file.seek(-min(rest, _LONGEST_LOG), os.SEEK_END)
            text += b"\n" + file.read()
    return text.decode("utf-8", "replace")
