"""Runs one command line in this process, its streams captured."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from unittest import mock

from chartgen.__main__ import main


@dataclass(frozen=True)
class Run:
    """What a command line gave."""

    stdout: str
    stderr: str
    exit: int


class Stream(io.TextIOWrapper):
    """A text stream in memory, with a ``buffer`` below it as real ones have."""

    def __init__(self, data: bytes = b"", *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8", newline="", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    @property
    def text(self) -> str:
        return self.buffer.getvalue().decode()  # type: ignore[attr-defined]


def run(arguments: list[str], *, stdin: str | bytes = "", terminal: bool = False) -> Run:
    """Run chartgen with these arguments; ``terminal`` makes both outputs look like one."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    out, err = Stream(terminal=terminal), Stream(terminal=terminal)
    with (
        mock.patch.object(sys, "stdin", Stream(data)),
        mock.patch.object(sys, "stdout", out),
        mock.patch.object(sys, "stderr", err),
    ):
        code = main([str(argument) for argument in arguments])
    return Run(out.text, err.text, code)
