"""What Helm says about dependencies that are not in ``charts/``."""

from __future__ import annotations

from chartgen.engine.api import Failure

_MISSING = "missing in charts/ directory: "


def missing(failure: Failure) -> tuple[str, ...]:
    """The names of the dependencies that a failure is about; none when it is about something else."""
    _, found, names = failure.message.partition(_MISSING)
    return tuple(name.strip() for name in names.split(",")) if found else ()
