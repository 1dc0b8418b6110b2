"""How a process of Helm's came to its end, in a few words instead of Go's 30 KB dump."""

from chartgen.engine.api import Failure
from chartgen.tuples import NamedTuple

LARGEST_ANSWER = 64 << 20
"""Bytes a render may have; the largest chart known renders to 12 MB."""


class Death(NamedTuple):
    """``kind`` is ``timeout``, ``memory`` or ``crash``; ``detail`` says more where there is more to say."""

    kind: str
    detail: str = ""


TOO_LARGE = Death("memory", f"it renders to more than {LARGEST_ANSWER >> 20} MiB")


def autopsy(log: str, code: int) -> Death:
    """The cause of death from standard error and the exit code, negative for a signal.

    Go aborts on a stack of a gigabyte, which only endless recursion makes, and when it gets no more memory; a SIGKILL
    that was not ours came from a system without memory.
    """
    import signal

    if "out of memory" in log or "cannot allocate memory" in log or code == -signal.SIGKILL:
        return Death("memory")
    if "stack exceeds" in log or "stack overflow" in log:
        return Death("crash", "a template calls itself without end, or prints a value that contains itself")
    if code == -signal.SIGXFSZ:
        return TOO_LARGE
    fatal = [line for line in log.splitlines() if line.startswith(("fatal error: ", "panic: "))]
    return Death("crash", fatal[0] if fatal else f"exit code {code}" if code >= 0 else f"signal {-code}")


def as_failure(death: Death, *, time_limit: float, memory: int) -> Failure:
    """A death as the failure of the chart that caused it."""
    if death.kind == "crash":
        return Failure("crash", f"Helm's engine crashed: {death.detail}")
    if death.kind == "timeout":
        return Failure("timeout", f"it takes longer than {time_limit:g} s")
    return Failure("memory", death.detail or f"it needs more than {memory / (1 << 30):g} GiB of memory")
