"""What a chart's templates and its values for tests tell of a value: what it may be, and what is read below it."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from chartgen.chart.model import Chart
from chartgen.templates.abstract import ANY, Parts
from chartgen.templates.analysis import Analysis
from chartgen.tuples import NamedTuple
from chartgen.valuesdocs.fields import field
from chartgen.valuesdocs.kinds import NOTHING, Types, at, common, kind

_NUMBER = "^[0-9]*$"
_TRUTH = "^(true|false)?$"


class Limit(NamedTuple):
    """The types of which alone a value can be, for what the templates do with it; a text has to match ``pattern``."""

    types: Types
    pattern: str = ""

    def and_also(self, other: "Limit") -> "Limit":
        """Both limits at once."""
        return Limit(common(self.types, other.types), self.pattern or other.pattern)


_LIMITS: dict[str, Limit] = {
    "texts": Limit(frozenset(("string",))),
    "numbers": Limit(frozenset(("number",))),
    "lists": Limit(frozenset(("array",))),
    "maps": Limit(frozenset(("object",))),
    "ranged": Limit(frozenset(("array", "object", "integer"))),
}
_FIELDS: dict[str, Limit] = {
    "object": Limit(frozenset(("object",))),
    "array": Limit(frozenset(("array",))),
    "string": Limit(frozenset(("string",))),
    "integer": Limit(frozenset(("integer", "string")), _NUMBER),
    "number": Limit(frozenset(("number", "string"))),
    "boolean": Limit(frozenset(("boolean", "string")), _TRUTH),
}


class Evidence:
    """All of it for one chart. ``is_complete`` is false when some template could not be followed.

    ``values`` are the defaults, those of subcharts among them; ``overlays`` what ``ci/*-values.yaml`` give; ``as_yaml``
    are the values that templates make YAML of.
    """

    def __init__(self, chart: Chart, data: Callable[[str], Mapping[str, Any]]) -> None:
        self.overlays: dict[str, Mapping[str, Any]] = {path: data(path) for path in _test_values(chart)}
        found = Analysis(chart, data, self.overlays)
        self.values = found.values
        self.family = found.family
        self.is_complete = found.reads.complete
        self.reads = found.reads
        self._below: dict[Parts, dict[str, None]] = {}
        for parts in sorted(found.reads.touched | found.reads.whole):
            for depth in range(len(parts)):
                self._below.setdefault(parts[:depth], {})[parts[depth]] = None
        self.as_yaml = {shown.parts for shown in found.reads.shown if shown.indent is not None}
        self._fields: dict[Parts, list[Limit]] = {}
        for shown in found.reads.shown:
            schema = field(shown)
            limit = _FIELDS.get(schema.get("type", "")) if schema else None
            # Bare, a list or a map would be printed as Go writes them; as YAML, a text is rarely meant.
            fits = limit and (limit.types <= {"array", "object"}) == (shown.indent is not None)
            self._fields.setdefault(shown.parts, []).append(limit if limit and fits else _ANYTHING)

    def limit(self, parts: Parts) -> Limit | None:
        """What a value is limited to; None where it may be anything, or where templates ask what it is."""
        if parts in self.reads.inspected or parts in self.reads.written:
            return None
        limits = [limit for mark, limit in _LIMITS.items() if parts in getattr(self.reads, mark)]
        limits += [limit for limit in self._fields.get(parts, ()) if limit is not _ANYTHING]
        found: Limit | None = None
        for limit in limits:
            found = limit if found is None else found.and_also(limit)
        return found if found is not None and found.types else None

    def is_printed(self, parts: Parts) -> bool:
        """Whether the value is used as it is, rather than only asked for being set."""
        reads = self.reads
        return any(parts in mark for mark in (reads.whole, reads.templated, reads.texts, reads.written))

    def is_free(self, parts: Parts) -> bool:
        """Whether all below is used in a way that knows no keys: printed whole, looped over, handed on."""
        return (
            self.is_printed(parts)
            or parts in self.reads.ranged
            or parts in self.reads.maps
            or ANY in self._below.get(parts, ())
        )

    def below(self, parts: Parts) -> list[str]:
        """The keys that are read below a place, by name."""
        return [name for name in self._below.get(parts, ()) if name != ANY]

    def given(self, parts: Parts) -> Iterator[Any]:
        """What stands at a place in values for tests."""
        for values in self.overlays.values():
            if (value := at(values, parts)) is not NOTHING:
                yield value

    def fits(self, limit: Limit, value: Any) -> bool:
        """Whether a value is within a limit."""
        if not common(limit.types, frozenset((kind(value),))):
            return False
        return not isinstance(value, str) or not limit.pattern or bool(re.search(limit.pattern, value))


_ANYTHING = Limit(frozenset())


def _test_values(chart: Chart) -> list[str]:
    """The files of values that chart-testing renders a chart with."""
    return sorted(path for path in {**chart.files, **chart.unpackaged} if re.fullmatch(r"ci/[^/]*-values\.ya?ml", path))
