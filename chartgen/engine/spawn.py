"""Starts worker processes; light enough to be imported before anything else.

A worker loads Helm's Go library while Python is still importing the rest of chartgen, which hides the 40 ms that takes.
It is a fresh interpreter (``posix_spawn``), never a fork: a fork of a process that has loaded the library hangs, and
Go reads ``GOGC`` from the environment a process was started with.
"""

from __future__ import annotations

import os
import sys

MEMORY = 3 << 30
"""Bytes of address space a worker may have. Go's runtime takes 1.8 GB of it before a chart is read."""

_PASSED_ON = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")


class Process:
    """A running worker: its process id, the pipes to it, all of them non-blocking, and the folder it may make."""

    __slots__ = ("answers", "errors", "pid", "requests", "space")

    def __init__(self, pid: int, requests: int, answers: int, errors: int, space: str) -> None:
        self.pid = pid
        self.requests = requests
        self.answers = answers
        self.errors = errors
        self.space = space


_START = "import sys; sys.path.append(sys.argv[1]); import worker; worker.start(*sys.argv[2:])"
"""Imported, the worker is compiled once; as a script it would be compiled for every run, which takes 3 ms."""

_early: Process | None = None


def library() -> str | None:
    """The path of Helm's library as ``helm-python-sdk`` ships it, or None where it is not installed.

    The package is found but not imported: importing it would load the library here.
    """
    from importlib.machinery import PathFinder

    if not hasattr(os, "posix_spawn"):
        return None
    name = "libhelm_c.dylib" if sys.platform == "darwin" else "libhelm_c.so"
    spec = PathFinder.find_spec("helm_python")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = os.path.join(folder, "lib", name)  # noqa: PTH118 - pathlib is not imported yet
        if os.path.isfile(path):  # noqa: PTH113
            return path
    return None


def prestart() -> None:
    """Start one worker now, for the first engine that wants one. Does nothing where there is no library."""
    global _early
    if _early is None and (path := library()) is not None:
        _early = spawn(path)


def leave() -> None:
    """Leave the worker that was started early, if it still is, to the process that this one was forked from."""
    global _early
    _early = None


def take(path: str, *, memory: int = MEMORY, online: bool = False) -> Process:
    """The worker that was started early (with the usual memory, without a network), or a new one."""
    global _early
    if memory != MEMORY or online or _early is None:
        return spawn(path, memory=memory, online=online)
    process, _early = _early, None
    return process


def spawn(path: str, *, memory: int = MEMORY, online: bool = False) -> Process:
    """Start a worker for the library at ``path``; one that is ``online`` has our environment, and so our network.

    Raises OSError when the system refuses.
    """
    folder = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
    space = f"{memory_folder()}/{space_prefix(os.getpid())}{os.urandom(8).hex()}"
    stdin, requests = os.pipe()
    answers, stdout = os.pipe()
    errors, stderr = os.pipe()
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    # Fewer garbage collections: a third faster for 175 MB more. The proxies keep a chart from fetching anything.
    # The same chart gives the same text in every time zone.
    environment |= {"GOGC": "400", "TZ": "UTC", "HTTP_PROXY": _NOWHERE, "HTTPS_PROXY": _NOWHERE}
    if online:
        environment = {**os.environ, "TMPDIR": space}  # what Helm fetches on the way is gone with the worker
    environment["GOTRACEBACK"] = "single"
    flags = "-ISEB" if sys.dont_write_bytecode else "-ISE"
    try:
        pid = os.posix_spawn(
            sys.executable,
            [sys.executable, flags, "-c", _START, folder, path, str(memory), str(_parent()), space],
            environment,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, stdin, 0),
                (os.POSIX_SPAWN_DUP2, stdout, 1),
                (os.POSIX_SPAWN_DUP2, stderr, 2),
            ],
            setpgroup=0,  # Ctrl-C is for chartgen, which ends its workers itself
        )
    except OSError:
        for fd in (requests, answers, errors):
            os.close(fd)
        raise
    finally:
        for fd in (stdin, stdout, stderr):
            os.close(fd)
    for fd in (requests, answers, errors):
        os.set_blocking(fd, False)
    _widen(requests)
    _widen(answers)
    return Process(pid, requests, answers, errors, space)


def _widen(fd: int) -> None:
    """Let a pipe hold most requests or answers whole, so that a worker need not wait until we write or read."""
    if sys.platform == "linux":
        import fcntl

        try:
            fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, 1 << 20)
        except OSError:  # more than this user may have in all pipes together
            return


def space_prefix(pid: int) -> str:
    """How the names of the folders begin that workers of a process may make."""
    return f"chartgen-{pid}-"


def memory_folder() -> str:
    """Where workers put what Helm wants to have in a folder: in memory where the system has such a place."""
    if os.access("/dev/shm", os.W_OK | os.X_OK):
        return "/dev/shm"
    return os.environ.get("TMPDIR", "/tmp").rstrip("/") or "/tmp"


_NOWHERE = "http://127.0.0.1:9"


def _parent() -> int:
    """Our process id, with which the worker asks to die; 0 in a thread, whose end would count as our death."""
    from _thread import get_native_id

    pid = os.getpid()
    return pid if sys.platform == "linux" and get_native_id() == pid else 0
