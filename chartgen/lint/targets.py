"""What a fix wants changed in a rendered object, without the object: which lines lead there, and what stands there."""

from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.fixes import Action, ReplaceText
from chartgen.tuples import NamedTuple
from chartgen.yamlbuild import YamlList, YamlMap

Part = str | int


class Level(NamedTuple):
    """One step to a field: its key or index, the rendered line and column of it, and how many entries stand there."""

    part: Part
    line: int
    column: int = 0
    siblings: int = 1


class Child(NamedTuple):
    """An entry of a mapping: its key, the rendered line and column of it, and whether it ends on that line."""

    key: str
    line: int
    column: int
    is_short: bool


class Target(NamedTuple):
    """A change that is wanted in an object, or (``source`` empty) in a file of the chart.

    ``levels`` lead to the deepest part of the field that exists, ``missing`` is the rest. ``kind`` is ``map``, ``list``
    or ``scalar``, and ``value`` what a scalar there is. ``content`` is the rendered line on which its value begins,
    ``last`` the one on which it ends; ``children`` are its entries if it is a mapping. ``earlier`` is where the
    key is given before. Lines are those of the rendered file.
    """

    action: Action
    source: str = ""
    levels: tuple[Level, ...] = ()
    missing: tuple[Part, ...] = ()
    kind: str = ""
    value: Any = None
    content: int = 0
    last: int = 0
    children: tuple[Child, ...] = ()
    earlier: int = 0

    @property
    def parts(self) -> tuple[Part, ...]:
        """The way to the deepest part that exists."""
        return tuple(level.part for level in self.levels)

    @property
    def key(self) -> str:
        """The key of the deepest part that exists; ``""`` for an item of a list and for the whole object."""
        return self.levels[-1].part if self.levels and isinstance(self.levels[-1].part, str) else ""


def target(action: Action, obj: RenderedObject | None) -> Target:
    """Where an action would change an object, as it was rendered."""
    if isinstance(action, ReplaceText) or action.file or obj is None:
        return Target(action)
    shift = obj.document.line
    data: Any = obj.document.data
    event = obj.document.root
    levels: list[Level] = []
    missing: tuple[Part, ...] = ()
    for number, part in enumerate(action.pointer.parts):
        if isinstance(data, YamlMap) and str(part) in data.events:
            key_event, event = data.events[str(part)]
            levels.append(Level(str(part), key_event.start_mark.line + shift, key_event.start_mark.column, len(data)))
            data = data[str(part)]
        elif isinstance(data, YamlList) and str(part).isdecimal() and int(part) < len(data):
            event = data.events[int(part)]
            levels.append(Level(int(part), event.start_mark.line + shift, event.start_mark.column, len(data)))
            data = data[int(part)]
        else:
            missing = action.pointer.parts[number:]
            break
    return Target(
        action,
        obj.source,
        tuple(levels),
        missing,
        "map" if isinstance(data, dict) else "list" if isinstance(data, list) else "scalar",
        None if isinstance(data, dict | list) else data,
        _begin(data, event) + shift,
        _last(data, event) + shift,
        tuple(_children(data, shift)) if isinstance(data, YamlMap) else (),
        next((one.first_line for one in obj.document.duplicates if one.pointer == action.pointer), 0),
    )


def _children(data: YamlMap, shift: int) -> list[Child]:
    found = []
    for key, (key_event, event) in data.events.items():
        line = key_event.start_mark.line
        found.append(Child(key, line + shift, key_event.start_mark.column, _last(data[key], event) == line))
    return found


def _begin(data: Any, event: Any) -> int:
    """The 0-based line on which a value begins: that of its first entry where it has any."""
    if isinstance(data, YamlMap) and data.events:
        return int(next(iter(data.events.values()))[0].start_mark.line)
    if isinstance(data, YamlList) and data.events:
        return int(data.events[0].start_mark.line)
    return int(event.start_mark.line) if event is not None else 0


def _last(data: Any, event: Any) -> int:
    """The 0-based line on which a value ends."""
    if isinstance(data, YamlMap) and data.events:
        return max(_last(data[key], value) for key, (_, value) in data.events.items())
    if isinstance(data, YamlList) and data.events:
        return _last(data[-1], data.events[-1])
    if event is None:
        return 0
    block = getattr(event, "style", None) in ("|", ">")
    return int(event.end_mark.line) - (1 if block else 0)
