"""Starts chartgen: ``chartgen ...`` and ``python -m chartgen ...``.

Start-up is most of a short run, so ``--version`` is answered before anything is imported, and for the commands that
render, Helm's engine begins to load while Python imports the rest.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_RENDERING = ("lint", "template", "diff")
_MOMENT = 0.01
"""Seconds that cleaning up has surely taken."""


def main(argv: list[str] | None = None) -> int:
    """Run chartgen with these arguments (default: the command line's) and return its exit code: 0, 1 or 2."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments == ["--version"]:
        from chartgen import __version__

        sys.stdout.write(f"chartgen {__version__}\n")
        return 0
    if _is_plain("lint", arguments):
        from chartgen.cli.linting import lint_paths
        from chartgen.cli.outcome import outcome
        from chartgen.cli.terminal import Terminal

        terminal = Terminal()
        return outcome(terminal, lambda: lint_paths(terminal, arguments[1:]))
    if len(arguments) == 3 and _is_plain("diff", arguments):
        from chartgen.cli.diffing import diff_charts
        from chartgen.cli.outcome import outcome
        from chartgen.cli.terminal import Terminal

        terminal = Terminal()
        return outcome(terminal, lambda: diff_charts(terminal, *arguments[1:]))
    from chartgen.cli.app import run

    return run(arguments)


def _is_plain(command: str, arguments: list[str]) -> bool:
    """Whether it is ``lint PATH...`` or so, without any option, which takes no parser: typer takes 40 ms to import."""
    import os

    return (
        arguments[:1] == [command]
        and not any(argument.startswith("-") for argument in arguments)
        and "_CHARTGEN_COMPLETE" not in os.environ
    )


def _needs_helm(arguments: list[str]) -> bool:
    """Whether Helm's library will surely be needed: not for help, another engine, or manifests that are rendered."""
    return (
        arguments[:1] != []
        and arguments[0] in _RENDERING
        and not {"helm", "--engine=helm", "--help", "-h", "-"} & set(arguments)
        and not "".join(arguments[1:2]).endswith((".yaml", ".yml", ".json"))
    )


def script() -> NoReturn:
    """The process behind the ``chartgen`` command: ``main``, and out."""
    import gc
    import os

    # A run makes no cycles to speak of, and collecting them at Python's usual pace costs a tenth of it.
    gc.set_threshold(1_000_000, 20, 50)
    code, together = 2, None
    try:
        _listen()
        if _needs_helm(sys.argv[1:]):
            from chartgen.engine.spawn import prestart

            prestart()
        from chartgen.bytecode import use

        together = use()
        code = main()
    except KeyboardInterrupt:
        sys.stderr.write("error: interrupted\n")
    try:
        sys.stdout.flush()
        sys.stderr.flush()
        from chartgen.bytecode import keep

        keep(together)
    except (OSError, KeyboardInterrupt):
        pass  # whoever read our output has left or wants us to; what the next run needs can be kept by another
    # Taking the interpreter apart in good order takes 10 ms and serves nobody: files are closed, workers have ended.
    os._exit(code)


def _listen() -> None:
    """Let an end that is asked for (SIGTERM, a terminal that goes) be one like Ctrl-C: nothing is left behind."""
    import _signal  # type: ignore[import-not-found]  # the half without enum, which is imported while Helm loads

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    def again(lost: sys.UnraisableHookArgs) -> None:
        if lost.exc_type is KeyboardInterrupt:
            _signal.setitimer(_signal.ITIMER_REAL, _MOMENT)
        else:
            sys.__unraisablehook__(lost)

    if hasattr(_signal, "setitimer"):
        # An interrupt that comes while Python cleans up after something is lost there, so it comes once more.
        _signal.signal(_signal.SIGALRM, interrupt)
        sys.unraisablehook = again
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(_signal, name, None)
        if number is not None and _signal.getsignal(number) == _signal.SIG_DFL:
            _signal.signal(number, interrupt)


if __name__ == "__main__":
    script()
