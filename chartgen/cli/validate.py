"""``chartgen validate``: app specs judged without making anything of them."""

from __future__ import annotations

from typing import Annotated

import typer

from chartgen.cli.options import ColorOption, Debug, FormatOption, OutputFile, Quiet, Verbose, terminal
from chartgen.cli.terminal import read_input
from chartgen.errors import InvalidInput, Problem

EXAMPLE = "chartgen validate examples/podinfo.yaml"


def command(
    ctx: typer.Context,
    specs: Annotated[list[str], typer.Argument(metavar="SPEC...", help="App specs; - is standard input.")],
    format_name: FormatOption = "text",
    output: OutputFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Report every problem of app specs, with its place and how to fix it."""
    from chartgen.report import render_problems
    from chartgen.report.summary import counted, of_problems

    out = terminal(ctx)
    judged = {file: _judge(file) for file in dict.fromkeys(specs)}
    problems = tuple(problem for found, _ in judged.values() for problem in found)
    sources = {file: text for file, (_, text) in judged.items()}
    text = render_problems(problems, sources, format_name, files=tuple(judged), color=out.color_for(output))
    out.result(text, output)
    for file, (found, _) in judged.items():
        out.detail(f"{file}: {of_problems(found)}")
    apart = bool(text) and format_name == "text" and output is None
    out.summary(f"{of_problems(problems)} in {counted(len(judged), 'file')}", set_apart=apart)
    raise typer.Exit(int(any(not problem.warning for problem in problems)))


def _judge(file: str) -> tuple[tuple[Problem, ...], str]:
    """Everything wrong with a spec, and its text as far as it is one."""
    from chartgen.spec.beside import beside, nowhere
    from chartgen.spec.validate import judged

    try:
        result = judged(read_input(file), file=file, read=nowhere if file == "-" else beside(file))
    except InvalidInput as error:
        return error.problems, error.sources.get(file, "")
    return result.problems, result.text
