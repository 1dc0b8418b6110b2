"""Everything chartgen raises on purpose.

::

    ChartgenError           what, where and how to fix it; ``exit_code`` says whose turn it is
    ├── InvalidInput        an input was judged and found wanting (exit 1); carries every Problem found
    │   ├── BadSettings     the input was our own settings, so that nothing could be judged (exit 2)
    │   └── Unmerged        a person's edits and what is generated now are in conflict (exit 2)
    ├── CannotDo            chartgen could not do what was asked: usage, files, settings (exit 2)
    └── EngineError         Helm could not be loaded or started (exit 2)

A chart that does not render is no error but a finding; only what stops chartgen itself is raised.
"""

from chartgen.location import Location
from chartgen.tuples import NamedTuple


class Problem(NamedTuple):
    """One thing wrong with an input.

    ``message`` makes sense alone, in lower case and without a full stop; ``hint`` says how to fix it; ``code`` is a
    stable kebab-case name for tools (``unknown-key``, ``duplicate-key``).
    """

    message: str
    location: Location
    hint: str = ""
    code: str = ""
    warning: bool = False

    def __str__(self) -> str:
        where = str(self.location)
        level = "warning" if self.warning else "error"
        return f"{where}: {level}: {self.message}" if where else f"{level}: {self.message}"


class ChartgenError(Exception):
    """The base of all errors raised on purpose. ``str()`` is the message; ``hint`` says how to fix it."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "", location: Location | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.location = location


class InvalidInput(ChartgenError):
    """An input was read and found wanting. ``problems`` is sorted by place and never empty.

    ``sources`` maps each file named in a problem to its text, for drawing excerpts.
    """

    exit_code = 1

    def __init__(self, problems: tuple[Problem, ...], sources: dict[str, str] | None = None) -> None:
        super().__init__(problems[0].message, hint=problems[0].hint, location=problems[0].location)
        self.problems = problems
        self.sources = sources or {}


class BadSettings(InvalidInput):
    """A policy file cannot be understood, so that what was asked cannot be done."""

    exit_code = 2


class Unmerged(InvalidInput):
    """A person's edits of a chart and what is generated now are in conflict, so that nothing is written."""

    exit_code = 2


class CannotDo(ChartgenError):
    """chartgen could not do what was asked: a missing file, a bad option, no permission."""


class EngineError(ChartgenError):
    """Helm's engine could not be loaded, started or understood."""
