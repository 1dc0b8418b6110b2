"""What following the templates of a chart has found out."""

from chartgen.templates.abstract import Parts, Value
from chartgen.templates.syntax import Node, Template
from chartgen.tuples import NamedTuple


class Mention(NamedTuple):
    """Where a template reads a value: between two offsets of a file of the chart."""

    file: str
    template: Template
    start: int
    end: int


class Fragile(NamedTuple):
    """A field of ``parts`` is read, ``full`` as it is written there, though nothing may stand at ``parts``."""

    parts: Parts
    full: Parts
    mention: Mention


class Shown(NamedTuple):
    """A value is printed as it is by the action at ``mention``; ``indent`` blanks deep where it is made YAML of."""

    parts: Parts
    mention: Mention
    indent: int | None = None


class Visit(NamedTuple):
    """A branch met while following: taken when ``condition`` is ``holds``, and the branch around it is.

    ``outer`` is the number of the visit to that branch, or -1.
    """

    file: str
    template: Template
    node: Node
    condition: Value
    holds: bool
    outer: int


class Reads:
    """The values that templates read, by path.

    - ``touched``: looked at in any way; ``own`` is where the chart's own templates first do
    - ``whole``: printed, or handed to a function that may use all that is in it
    - ``acted_on``, ``acted_on_whole``: the same, without what NOTES.txt and conditions read that only end the render
    - ``bare``: printed without being tested before
    - ``defaulted``: given a default; ``written``: set by a template
    - ``either``: looked at where something else may stand; ``retired``: looked at only to be told that it is gone
    - ``fragile``: nothing there, and a field of it is read without a test
    - ``templated``: handed to ``tpl``; ``required``: handed to ``required``; ``inspected``: asked what kind it is
    - ``texts``, ``numbers``, ``lists``, ``maps``: handed to a function that takes nothing else; ``ranged``: looped over
    - ``shown``: printed as it is, or as YAML, by a template that Helm renders (not by a named one)
    - ``templated_in``: the templates in which each of ``templated`` is, whatever they include; those that Helm renders
    - ``unknown``: named templates that are used and that no chart here defines
    """

    def __init__(self) -> None:
        self.touched: set[Parts] = set()
        self.own: dict[Parts, Mention] = {}
        self.whole: set[Parts] = set()
        self.acted_on: set[Parts] = set()
        self.acted_on_whole: set[Parts] = set()
        self.bare: set[Parts] = set()
        self.defaulted: set[Parts] = set()
        self.written: set[Parts] = set()
        self.either: set[Parts] = set()
        self.retired: set[Parts] = set()
        self.fragile: dict[Parts, Fragile] = {}
        self.templated: set[Parts] = set()
        self.templated_in: dict[Parts, set[str]] = {}
        self.required: set[Parts] = set()
        self.inspected: set[Parts] = set()
        self.texts: set[Parts] = set()
        self.numbers: set[Parts] = set()
        self.lists: set[Parts] = set()
        self.maps: set[Parts] = set()
        self.ranged: set[Parts] = set()
        self.shown: list[Shown] = []
        self.unknown: frozenset[str] = frozenset()
        self.visits: list[Visit] = []
        self.complete = True
