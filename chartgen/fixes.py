"""What would put a finding right, said without saying how the text changes.

A rule says what should hold (``SetField``: this field should have that value). Where the field comes from, and so which
characters of which file change, is worked out by ``lint`` and ends up as ``Edit``. Only a fix that was proved by
rendering again is ever written.
"""

from typing import Any

from chartgen.location import Location, Pointer
from chartgen.tuples import NamedTuple


class SetField(NamedTuple):
    """A field shall have a value; what is missing on the way to it is created.

    ``file`` is a YAML or JSON file of the chart; ``""`` means the object that the fault is about.
    """

    pointer: Pointer
    value: Any
    file: str = ""


class RemoveField(NamedTuple):
    """A field, or an item of a list, shall not be there. ``file`` as in ``SetField``.

    ``with_comment`` takes the lines of comment right above it along, in a file of the chart.
    """

    pointer: Pointer
    file: str = ""
    with_comment: bool = False


class RenameField(NamedTuple):
    """A field shall have another key and keep its value. ``file`` as in ``SetField``."""

    pointer: Pointer
    name: str
    file: str = ""


class QuoteField(NamedTuple):
    """A number or a truth value shall be the text it is written as. ``file`` as in ``SetField``."""

    pointer: Pointer
    file: str = ""


class RemoveDuplicates(NamedTuple):
    """Of a key that is given several times only the last, which counts, shall stay. ``file`` as in ``SetField``."""

    pointer: Pointer
    file: str = ""


class OmitField(NamedTuple):
    """A field shall be left out wherever the template of ``source``, a rendered file, prints something."""

    pointer: Pointer
    source: str
    file: str = ""


class ReplaceText(NamedTuple):
    """The text between two positions of a file of the chart shall be another.

    ``location`` has a file, relative to the chart's folder, and both positions.
    """

    location: Location
    text: str


Action = SetField | RemoveField | RenameField | QuoteField | RemoveDuplicates | OmitField | ReplaceText


class Fix(NamedTuple):
    """What puts a fault right: all of ``actions``, or none.

    ``description`` is a line in the imperative (``drop all capabilities``). ``safe`` means that the workload behaves as
    before, or can only be better off, so that nobody needs to decide; a fix that chose a number, or that an application
    may have to be ready for, is not.
    """

    description: str
    actions: tuple[Action, ...]
    safe: bool = True


class Edit(NamedTuple):
    """The text of a file between two 1-based positions, the second one past the end, becomes ``text``."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Repair(NamedTuple):
    """A fix as a finding carries it: the edits that make it, or the ``obstacle`` why there are none.

    Both are empty where nobody asked for them.
    """

    description: str
    safe: bool
    edits: tuple[Edit, ...] = ()
    obstacle: str = ""
