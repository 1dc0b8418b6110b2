"""Options that mean the same in every command, and what they set."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import typer

from chartgen.cli.terminal import Terminal

Format = Literal["text", "concise", "json"]
LintFormat = Literal["text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "html"]
DiffFormat = Literal["text", "concise", "json", "sarif", "github", "markdown", "html"]
GateFormat = Literal["text", "concise", "json", "sarif", "github", "markdown"]
Color = Literal["auto", "always", "never"]


def terminal(ctx: typer.Context) -> Terminal:
    """The terminal of this run; a parser that runs without one (completion) gets its own."""
    found = ctx.find_root().obj
    return found if isinstance(found, Terminal) else Terminal()


def _sets(name: str) -> Any:
    def callback(ctx: typer.Context, value: Any) -> Any:
        if not ctx.resilient_parsing:
            setattr(terminal(ctx), name, value)
        return value

    return callback


def _common(help_text: str, *names: str, sets: str) -> Any:
    return typer.Option(*names, help=help_text, callback=_sets(sets), is_eager=True, rich_help_panel=None)


FormatOption = Annotated[Format, typer.Option("--format", help="How the result is written.")]
OutputFile = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the result to FILE.  [default: stdout]")
]


def _outputs(formats: Any) -> Any:
    return typer.Option(
        "--output",
        "-o",
        metavar="[FORMAT=]FILE",
        help="Write the result to FILE, in the format it names or that its name ends in; repeatable. "
        "FORMAT alone writes to stdout.  [default: stdout]",
        autocompletion=lambda: [f"{name}=" for name in get_args(formats)],
    )


_FORMAT = typer.Option("--format", help="How the result is written.  [default: text]")
LintFormatOption = Annotated[LintFormat | None, _FORMAT]
Outputs = Annotated[list[str] | None, _outputs(LintFormat)]
DiffFormatOption = Annotated[DiffFormat | None, _FORMAT]
DiffOutputs = Annotated[list[str] | None, _outputs(DiffFormat)]
GateFormatOption = Annotated[GateFormat | None, _FORMAT]
GateOutputs = Annotated[list[str] | None, _outputs(GateFormat)]
Quiet = Annotated[bool, _common("Print the result and errors only.", "--quiet", "-q", sets="quiet")]
Verbose = Annotated[bool, _common("Print more about the run.", "--verbose", "-v", sets="verbose")]
ColorOption = Annotated[
    Color, _common("Colour the output; auto: on a terminal, unless NO_COLOR is set.", "--color", sets="color")
]
Debug = Annotated[bool, _common("Show the traceback of a bug in chartgen.", "--debug", sets="debug")]
