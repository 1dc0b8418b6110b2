"""Which engine to use."""

from __future__ import annotations

import os

from chartgen.engine import spawn
from chartgen.engine.api import TIME_LIMIT, Engine
from chartgen.errors import CannotDo, EngineError

NAMES = ("auto", "embedded", "helm")
"""What ``--engine`` takes: the library where it is installed and else the command, the one, or the other."""


def open_engine(name: str = "auto", *, jobs: int | None = None, time_limit: float = TIME_LIMIT) -> Engine:
    """An engine, to be used as a context manager; ``jobs`` is how much it may do at a time.

    Raises CannotDo for an unknown name and EngineError, with what to install, when there is no such engine here.
    """
    if uses_library(name):
        from chartgen.engine.embedded import Embedded

        return Embedded(jobs=jobs, time_limit=time_limit)
    from chartgen.engine.command import HelmCommand

    return HelmCommand(helm_command(name), jobs=jobs, time_limit=time_limit)


def uses_library(name: str) -> bool:
    """Whether an engine is Helm's library rather than its command. Raises CannotDo for an unknown name."""
    if name not in NAMES:
        raise CannotDo(f"unknown engine {name!r}", hint=f"choose one of {', '.join(NAMES)}")
    return name == "embedded" or (name == "auto" and spawn.library() is not None)


def helm_command(name: str) -> str:
    """The helm on PATH. Raises EngineError, with what to install, when there is none."""
    import shutil

    if (helm := shutil.which("helm")) is None:
        raise EngineError(
            "there is no helm on PATH" if name == "helm" else "Helm is not installed",
            hint="install Helm (https://helm.sh/docs/intro/install), or helm-python-sdk where it has a wheel",
        )
    return os.path.abspath(helm)  # noqa: PTH100 - as the shell would run it
