"""Helm asked once, outside of a run: about dependencies, packages and registries; by its library or its command."""

from __future__ import annotations

import re

from chartgen.engine import spawn
from chartgen.engine.death import Death, as_failure
from chartgen.engine.pool import Pool, Request
from chartgen.errors import EngineError
from chartgen.tuples import NamedTuple

TIME_LIMIT = 300.0
"""Seconds that it may take: registries are slow."""


class Said(NamedTuple):
    """What Helm answered and what it printed besides. ``error`` is its reason why it could not, or ``""``."""

    error: str
    answer: str = ""
    log: str = ""


def library(fields: tuple[bytes, ...], *, online: bool) -> Said:
    """Ask the library, in a process that has our network only if it is to be ``online``."""
    path = spawn.library()
    assert path is not None
    pool = Pool(path, size=1, online=online)
    try:
        (answer,) = pool.run([Request(fields, TIME_LIMIT)])
    finally:
        pool.close()
    if isinstance(answer, Death):
        return Said(as_failure(answer, time_limit=TIME_LIMIT, memory=spawn.MEMORY).message)
    assert answer is not None
    code, text = (field.decode("utf-8", "replace") for field in answer.fields)
    return Said("", text, answer.log) if code == "0" else Said(text or f"error {code}", log=answer.log)


def command(helm: str, *arguments: str) -> Said:
    """Run helm. Raises EngineError when it cannot be started."""
    import subprocess

    try:
        ended = subprocess.run(
            [helm, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=TIME_LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return Said(f"it takes longer than {TIME_LIMIT:g} s")
    except OSError as error:
        raise EngineError(f"helm could not be started: {error}", hint="check --engine and PATH") from None
    out, log = (stream.decode("utf-8", "replace") for stream in (ended.stdout, ended.stderr))
    if ended.returncode:
        return Said(log.rpartition("Error: ")[2].strip() or f"exit code {ended.returncode}", out, log)
    return Said("", out, log)


def short(error: str) -> str:
    """Helm's reason on one line."""
    text = " ".join(error.removeprefix("Error: ").split())
    return text if len(text) <= 400 else f"{text[:396]} ..."


UNREACHED = "is the address right, and can it be reached from here?"

_PLAIN = "it speaks HTTP, not HTTPS: where that is meant, 'chartgen diff' and 'chartgen package' take --plain-http"

_REGISTRY_HINTS = (
    (r"\b40[13]\b|unauthorized|denied:", "log in: helm registry login HOST"),
    ("server gave http response to https|does not look like a tls handshake", _PLAIN),
    ("connection refused", UNREACHED),
)


def registry_hint(error: str) -> str:
    """What to do about what a registry said, where that is known."""
    return next((hint for pattern, hint in _REGISTRY_HINTS if re.search(pattern, error.lower())), "")
