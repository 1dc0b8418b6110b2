"""An interrupt at any moment ends chartgen with exit code 2, its processes with it, and leaves no folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests.hostile.case import chart
from tests.unit.engine_support import HELM, needs_helm, needs_library

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")

SLOW = '{{ $d := dict }}{{ $_ := set $d "me" $d }}{{ deepCopy $d }}'
MOMENTS = (0.0, 0.1, 0.3, 0.6, 1.0, 1.6)
"""Seconds after the start: while Helm is started, while Python starts, while charts render, while one hangs."""


@pytest.fixture
def charts(tmp_path: Path) -> Path:
    """Charts of which the last ones hang."""
    folder = tmp_path / "charts"
    for number in range(12):
        hangs = number >= 8
        chart(SLOW if hangs else "kind: A\napiVersion: v1\n", name=f"c{number:02}")(folder / f"c{number:02}")
    return folder


def started(arguments: list[str], folder: Path) -> subprocess.Popen[str]:
    """chartgen, in a session of its own, with a place of its own for what it may leave behind."""
    (folder / "tmp").mkdir()
    environment = {**os.environ, "TMPDIR": str(folder / "tmp"), "CHARTGEN_CACHE_DIR": str(folder / "cache")}
    return subprocess.Popen(
        [sys.executable, "-c", "from chartgen.__main__ import script; script()", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
        # It is ignored where the tests themselves run in the background.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )


def of_session(session: int) -> list[str]:
    """The command lines of the processes of a session that still run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            command = status.with_name("cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(command)
    return found


def spaces() -> set[Path]:
    """The folders of workers in memory."""
    return set(Path("/dev/shm").glob("chartgen-*")) if Path("/dev/shm").is_dir() else set()


def interrupt(process: subprocess.Popen[str], number: signal.Signals, after: float) -> tuple[int, str]:
    """Send a signal to a process some time after Python has come to run chartgen; its exit code and its errors."""
    time.sleep(after)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    for _ in range(100):
        if not of_session(process.pid):
            break
        time.sleep(0.05)
    return process.returncode, errors


def has_begun(process: subprocess.Popen[str]) -> bool:
    """Wait until chartgen listens to SIGTERM, which it does before anything else."""
    for _ in range(600):
        status = Path(f"/proc/{process.pid}/status").read_text()
        caught = int(next(line for line in status.splitlines() if line.startswith("SigCgt")).split()[1], 16)
        if caught >> (signal.SIGTERM - 1) & 1:
            return True
        time.sleep(0.02)
    return False


ENGINES = [
    pytest.param("embedded", marks=needs_library),
    pytest.param("helm", marks=needs_helm),
]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("engine", ENGINES)
def test_an_interrupt_leaves_nothing_behind(
    number: signal.Signals, engine: str, charts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "helm":
        monkeypatch.setenv("PATH", f"{Path(HELM).parent}:{os.environ['PATH']}")
    for turn, moment in enumerate(MOMENTS):
        folder = tmp_path / f"turn{turn}"
        folder.mkdir()
        before = spaces()
        process = started(["lint", str(charts), "--engine", engine, "-j", "2"], folder)
        assert has_begun(process)
        code, errors = interrupt(process, number, moment)
        assert (code, errors) == (2, "error: interrupted\n"), f"after {moment} s"
        assert of_session(process.pid) == []
        assert list((folder / "tmp").iterdir()) == []
        assert list((folder / "cache").rglob(".*")) == []
        assert spaces() <= before or not mine(spaces() - before)


def mine(paths: set[Path]) -> list[Path]:
    """Folders that are still there a moment later: those of other runs come and go."""
    time.sleep(2)
    return [path for path in paths if path.exists()]


def test_an_interrupt_that_is_lost_while_python_cleans_up_comes_again() -> None:
    code = """
import time
from chartgen.__main__ import _listen
_listen()
class Last:
    def __del__(self):
        raise KeyboardInterrupt
Last()
try:
    time.sleep(30)
except KeyboardInterrupt:
    print("came")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "came\n", "")


def test_what_else_goes_wrong_while_python_cleans_up_is_shown() -> None:
    code = """
from chartgen.__main__ import _listen
_listen()
class Last:
    def __del__(self):
        raise ValueError("a bug")
Last()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert "ValueError: a bug" in done.stderr
