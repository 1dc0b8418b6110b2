"""What ``-o`` means: in which formats a result is written, and where to.

``-o FORMAT=FILE`` says both, ``-o FORMAT`` writes to standard output, and ``-o FILE`` takes the format of ``--format``
or, where that is not given, the one that the file's name ends in. A file that is called like a format is ``./json``.
"""

import re
from collections.abc import Sequence
from os.path import realpath

from chartgen.cli.terminal import Terminal, given
from chartgen.cli.writing import check_writable
from chartgen.errors import CannotDo
from chartgen.nearest import nearest
from chartgen.tuples import NamedTuple

STDOUT = "-"

_BY_ENDING = {
    ".sarif": "sarif",
    ".sarif.json": "sarif",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".xml": "junit",
    ".json": "json",
}


class Output(NamedTuple):
    """One result: its format, and the file it goes into, ``-`` for standard output."""

    format: str
    file: str

    def color(self, terminal: Terminal) -> bool:
        """Whether it is to be coloured."""
        return terminal.color_for(self.file)


def outputs(wanted: Sequence[str], format_name: str | None, formats: Sequence[str]) -> tuple[Output, ...]:
    """The results that ``-o`` (each in ``wanted``) and ``--format`` ask for, checked before any work is done.

    What ``--format`` names goes to standard output when no ``-o FILE`` takes it. Raises CannotDo for a format that does
    not exist, for a file that cannot be written, and for two results in one place.
    """
    found: list[Output] = []
    taken = False
    for one in wanted:
        name, equals, file = one.partition("=")
        if equals and name in formats:
            found.append(Output(name, file))
        elif one in formats:
            found.append(Output(one, STDOUT))
        elif equals and re.fullmatch("[a-z]+", name):
            near = nearest(name, formats)
            raise CannotDo(
                f"unknown format {name!r} in -o {one}" + (f" (did you mean {near!r}?)" if near else ""),
                hint=f"the formats are {', '.join(formats)}",
            )
        else:
            taken = True
            found.append(Output(format_name or _of_name(one), one))
    if not wanted or (format_name and not taken):
        found.append(Output(format_name or "text", STDOUT))
    _refuse_shared_places(found)
    for output in found:
        if output.file != STDOUT:
            check_writable(given(output.file))
    return tuple(found)


def _of_name(file: str) -> str:
    """The format that a file's name ends in; the longest ending counts."""
    endings = [ending for ending in _BY_ENDING if file.lower().endswith(ending)]
    return _BY_ENDING[max(endings, key=len)] if endings else "text"


def _refuse_shared_places(found: Sequence[Output]) -> None:
    seen: dict[str, Output] = {}
    for output in found:
        place = STDOUT if output.file == STDOUT else realpath(output.file)
        if place in seen:
            where = "standard output" if place == STDOUT else repr(output.file)
            raise CannotDo(
                f"{seen[place].format} and {output.format} would both be written to {where}",
                hint=f"give each a file of its own: -o {output.format}=FILE",
            )
        seen[place] = output
