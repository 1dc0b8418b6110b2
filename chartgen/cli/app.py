"""Builds the command line and runs what it asks for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer

from chartgen.cli.outcome import outcome
from chartgen.cli.terminal import Terminal
from chartgen.errors import CannotDo
from chartgen.nearest import nearest

COMMANDS = (
    "init",
    "generate",
    "validate",
    "lint",
    "rules",
    "explain",
    "config",
    "schema",
    "template",
    "diff",
    "docs",
    "bump",
    "gate",
    "package",
)
"""Every command, in the order of the help; each is a module of this package with a function ``command``."""

EXIT_CODES = """\b
Exit codes:
  0  nothing to act on
  1  the input was judged and found wanting
  2  chartgen could not do what was asked"""


def run(argv: list[str]) -> int:
    """Run one command line and return its exit code. Never raises, never shows a traceback unless ``--debug``."""
    terminal = Terminal(debug="--debug" in argv)
    return outcome(terminal, lambda: _parsed(argv, terminal))


def _parsed(argv: list[str], terminal: Terminal) -> int:
    """Have typer read the command line and run the command."""
    # A command's own module is all it needs; the others are imported for help and completion.
    named = argv[:1] if argv[:1] and argv[0] in COMMANDS and "_CHARTGEN_COMPLETE" not in os.environ else COMMANDS
    try:
        code = build(named)(args=argv, prog_name="chartgen", standalone_mode=False, obj=terminal)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except SystemExit as end:
        # Typer's completion ends the process, with 1 for a shell it does not know.
        return 2 if end.code else 0
    except Exception as error:
        if hasattr(error, "format_message"):
            raise _usage(error) from None
        raise
    if code == 130:  # typer's own for Ctrl-C
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def build(commands: tuple[str, ...] | list[str] = COMMANDS) -> typer.Typer:
    """The Typer application with some commands, or all."""
    app = typer.Typer(
        name="chartgen",
        help="Generate complete Helm charts from a short app spec, lint any chart down to the template line, and tell "
        "what a new version of it asks of its users.",
        epilog=f"\b\nExample:\n  chartgen generate examples/podinfo.yaml\n\n{EXIT_CODES}",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_root)
    for name in commands:
        module = import_module(f"chartgen.cli.{name}")
        app.command(name, epilog=f"\b\nExample:\n  {module.EXAMPLE}\n\n{EXIT_CODES}")(module.command)
    return app


def _root(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=lambda v: _version(v)),
    ] = False,
) -> None:
    """Generate complete Helm charts from a short app spec, lint any chart, and tell what a new version asks."""


def _version(wanted: bool) -> bool:
    if wanted:
        from chartgen import __version__

        sys.stdout.write(f"chartgen {__version__}\n")
        raise typer.Exit(0)
    return wanted


def _usage(error: Exception) -> CannotDo:
    """A parse error of typer's in the house's manner."""
    kind = type(error).__name__
    message = str(error.format_message()).strip().rstrip(".")  # type: ignore[attr-defined]
    context = getattr(error, "ctx", None)
    guess = ""
    if kind == "NoSuchOption" and context is not None:
        name = error.option_name  # type: ignore[attr-defined]
        message = f"no such option {name!r}"
        guess = _nearest(name, [option for parameter in context.command.params for option in parameter.opts])
    elif message.startswith("No such command"):
        name = message.split("'")[1]
        message = f"no such command {name!r}"
        guess = _nearest(name, COMMANDS)
    for theirs, ours in _WORDING:
        message = message.replace(theirs, ours)
    path = context.command_path if context is not None else "chartgen"
    return CannotDo(message[:1].lower() + message[1:] + guess, hint=f"see '{path} --help'")


_WORDING = (
    ("is not a valid int range", "is not a whole number"),
    ("is not a valid integer", "is not a whole number"),
    ("is not in the range x>=1", "is less than 1"),
    ("Got unexpected extra argument(s)", "unexpected arguments"),
)


def _nearest(name: str, known: Iterable[str]) -> str:
    close = nearest(name, known)
    return f" (did you mean {close!r}?)" if close else ""
