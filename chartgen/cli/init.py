"""``chartgen init``: the first spec of an application, from four answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from chartgen.cli.options import ColorOption, Debug, Quiet, Verbose, terminal
from chartgen.cli.terminal import Terminal, given
from chartgen.cli.writing import check_writable, write_all
from chartgen.errors import BadSettings, CannotDo, Problem
from chartgen.location import Location

EXAMPLE = "chartgen init --name shop --image ghcr.io/acme/shop:1.4.2 --port 8080 --health /healthz"


def command(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Its name.  [default: the folder's]")] = None,
    image: Annotated[str | None, typer.Option(metavar="IMAGE", help="Its image, with a tag or digest.")] = None,
    port: Annotated[str | None, typer.Option(metavar="PORT", help="The port it listens on, or none.")] = None,
    health: Annotated[
        str | None, typer.Option(metavar="PATH", help="The path that answers while it is well, or none.")
    ] = None,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Write the spec to FILE; - is stdout.", show_default=True),
    ] = "app.yaml",
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Write a first app spec; on a terminal, ask for what the options leave out."""
    from chartgen.resources import schema_text
    from chartgen.spec.starter import NONE, QUESTIONS, SCHEMA, faults, guessed_name, starter

    out = terminal(ctx)
    target = None if output == "-" else given(output)
    if target is not None:
        _refuse_existing(target)
        check_writable(target)
    flags = (("name", name), ("image", image), ("port", port), ("health", health))
    answers = {key: value for key, value in flags if value is not None}
    wrong = [problem for key in answers for problem in faults(key, answers)]
    if wrong:
        raise BadSettings(tuple(Problem(f"--{p.message}", Location(), p.hint, p.code) for p in wrong))
    guess = guessed_name((target.parent if target else Path()).resolve().name)
    asking = sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
    if not asking and guess:
        answers.setdefault("name", guess)
    if answers.get("port") == NONE:
        answers.setdefault("health", NONE)
    missing = [key for key in QUESTIONS if key not in answers]
    if missing and not asking:
        raise CannotDo(
            f"there is no terminal to ask on, and {_listed(missing)} {'is' if len(missing) == 1 else 'are'} missing",
            hint=f"for example: {EXAMPLE}",
        )
    for key in QUESTIONS:
        if key not in answers:
            answers[key] = NONE if key == "health" and answers["port"] == NONE else _answer(out, key, answers, guess)
    text = starter(answers, file=target.name if target else "app.yaml")
    if target is None:
        out.result(text)
        return
    schema = target.with_name(SCHEMA)
    _refuse_existing(target)
    write_all({target: text, **({} if schema.exists() else {schema: schema_text("app-spec.v1")})})
    out.result(f"{target}\n")
    out.note(f"editors learn its keys from {schema}; next: chartgen generate {target}")


def _refuse_existing(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise CannotDo(f"{str(target)!r} exists, and init replaces nothing", hint="-o FILE writes elsewhere")


def _listed(keys: list[str]) -> str:
    flags = [f"--{key}" for key in keys]
    return flags[0] if len(flags) == 1 else f"{', '.join(flags[:-1])} and {flags[-1]}"


def _answer(out: Terminal, key: str, answers: dict[str, str], guess: str) -> str:
    """The answer to one question, asked until it is right. Raises CannotDo when standard input ends."""
    from chartgen.report.text import problem
    from chartgen.spec.starter import QUESTIONS, USUAL, faults

    usual = {"name": guess, **USUAL}.get(key, "")
    question = f"{QUESTIONS[key]} [{usual}]: " if usual else f"{QUESTIONS[key]}: "
    while True:
        line = _line(question, key)
        answer = line.strip() or usual
        if not answer:
            continue
        wrong = faults(key, {**answers, key: answer})
        if not wrong:
            return answer
        for item in wrong:
            plainly = Problem(item.message, Location(), item.hint)
            sys.stderr.write(problem(plainly, {}, color=out.colored(sys.stderr)) + "\n")


def _line(question: str, key: str) -> str:
    """One line from the terminal. The cursor stands at the beginning of a line again, however it ends."""
    try:
        sys.stderr.write(question)
        sys.stderr.flush()
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        raise
    if not line.endswith("\n"):
        sys.stderr.write("\n")
    if not line:
        raise CannotDo(f"there is no answer for {key!r}", hint=f"give it as --{key}")
    return line
