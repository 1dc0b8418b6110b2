"""Where a command's result and its notes go.

Standard output is the result and nothing but the result; standard error is notes, summaries and errors. Colour is used
on terminals only, and ``NO_COLOR`` and ``--color`` win. Files are written whole or not at all.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from chartgen.cli.writing import reason, write_all
from chartgen.errors import CannotDo, ChartgenError, InvalidInput, Problem
from chartgen.location import Location

MOST_INPUT = 16 * 1024 * 1024
"""Bytes of one input file beyond which it is refused rather than read."""

MOST_PROBLEMS = 100
"""Problems of an input that are printed; of more there is the number."""


class Terminal:
    """The streams of one run and what the user wants of them: ``--quiet``, ``--verbose``, ``--color``, ``--debug``."""

    def __init__(self, debug: bool = False) -> None:
        self.quiet = False
        self.verbose = False
        self.debug = debug
        self.color = "auto"
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:  # closed by whoever started us
                setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 - as long as the process
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, ValueError):
                stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]

    def colored(self, stream: TextIO) -> bool:
        """Whether text for a stream is to be coloured."""
        if self.color != "auto":
            return self.color == "always"
        return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and stream.isatty()

    def color_for(self, output: str | None) -> bool:
        """Whether a result is to be coloured: one that goes into a file is not unless ``--color always``."""
        return self.color == "always" if output not in (None, "-") else self.colored(sys.stdout)

    def result(self, text: str, output: str | None = None) -> None:
        """Hand over the command's result: to ``-o FILE`` when given, else to standard output."""
        self.results([(text, "-" if output is None else output)])

    def results(self, texts: Sequence[tuple[str, str]]) -> None:
        """Hand over several results, each with its file or ``-``: none when a file cannot be written."""
        write_all({given(output): text for text, output in texts if output != "-"})
        for text, output in texts:
            if output == "-":
                self._print(text)

    def _print(self, text: str) -> None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read our output has left (``| head``), which is no fault; nobody is left to be told.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            raise CannotDo(f"the result cannot be written: {reason(error)}") from None

    def note(self, text: str) -> None:
        """Say something about the run; silent under ``--quiet``."""
        if not self.quiet:
            self._say(text)

    def summary(self, text: str, *, set_apart: bool) -> None:
        """Say how the run ended, after an empty line where blocks of text stand before it."""
        self.note("\n" * set_apart + text)

    def detail(self, text: str) -> None:
        """Say something only those want to know who asked for ``--verbose``."""
        if self.verbose and not self.quiet:
            self.note(text)

    def error(self, error: ChartgenError) -> None:
        """Say why the command failed: every problem with its place, the caret and how to fix it."""
        from chartgen.report.text import problem

        problems: tuple[Problem, ...] = (Problem(error.message, error.location or Location(), error.hint),)
        sources: dict[str, str] = {}
        if isinstance(error, InvalidInput):
            problems, sources = error.problems, error.sources
        color = self.colored(sys.stderr)
        shown = [problem(item, sources, color=color) for item in problems[:MOST_PROBLEMS]]
        if len(problems) > MOST_PROBLEMS:
            shown.append(f"and {len(problems) - MOST_PROBLEMS:,} more")
        self._say("\n\n".join(shown))

    def _say(self, text: str) -> None:
        try:
            sys.stderr.write(text + "\n")
            sys.stderr.flush()
        except OSError:
            # Nobody reads what we say (``2>&1 | head``), which changes nothing about what we found.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def read_input(path: str, *, missing: str = "") -> bytes:
    """The bytes of an input file; ``-`` is standard input. Raises CannotDo when it cannot be read.

    ``missing`` is what to do where there is no such file, if that is not to correct its name.
    """
    try:
        if path == "-":
            if sys.stdin is None:
                raise CannotDo("standard input is closed", hint="name a file")
            data = sys.stdin.buffer.read(MOST_INPUT + 1)
        else:
            with given(path).open("rb") as file:
                data = file.read(MOST_INPUT + 1)
    except FileNotFoundError:
        if given(path).is_symlink():
            raise CannotDo(f"{path!r} is a link to {str(given(path).readlink())!r}, which does not exist") from None
        raise CannotDo(f"{path!r} does not exist", hint=missing or _nearest(path)) from None
    except IsADirectoryError:
        raise CannotDo(f"{path!r} is a folder", hint="name a file") from None
    except (OSError, ValueError) as error:
        raise CannotDo(f"{path!r} cannot be read: {reason(error)}") from None
    if len(data) > MOST_INPUT:
        raise CannotDo(f"{path!r} is larger than {MOST_INPUT // 2**20} MiB")
    return data


def given(path: str) -> Path:
    """A path the user gave. Raises CannotDo for an empty one, which Python would take for the working directory."""
    if not path:
        raise CannotDo("a path is empty", hint="is it a shell variable that is not set?")
    return Path(path)


def _nearest(path: str) -> str:
    """A neighbour whose name is close to the one that does not exist, as a hint."""
    from difflib import get_close_matches

    with suppress(OSError, ValueError):
        folder = Path(path).parent
        for name in get_close_matches(
            Path(path).name, sorted(entry.name for entry in folder.iterdir()), n=1, cutoff=0.75
        ):
            return f"did you mean {str(folder / name)!r}?"
    return ""
