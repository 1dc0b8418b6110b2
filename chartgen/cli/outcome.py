"""Turns whatever happens into an exit code.

0: nothing to act on; 1: the input was judged and found wanting; 2: chartgen could not do what was asked. No others.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from chartgen.cli.terminal import Terminal
from chartgen.errors import CannotDo, ChartgenError


def outcome(terminal: Terminal, action: Callable[[], int]) -> int:
    """The exit code of an action. Never raises, never shows a traceback unless ``--debug``."""
    try:
        code = action()
        sys.stdout.flush()
        return code
    except ChartgenError as error:
        terminal.error(error)
        return error.exit_code
    except (KeyboardInterrupt, Exception) as error:
        # Python 3.11 wraps what comes while it makes a class.
        if isinstance(error, KeyboardInterrupt) or isinstance(error.__cause__, KeyboardInterrupt):
            sys.stderr.write("error: interrupted\n")
            return 2
        if terminal.debug:
            from traceback import print_exc

            print_exc()
            return 2
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        terminal.error(CannotDo(f"this is a bug in chartgen ({what}); run again with --debug and report it"))
        return 2
