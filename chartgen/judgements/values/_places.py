"""What the judgements about values say alike: where a key stands, and how it is called."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.compare.comparison import Comparison
from chartgen.compare.side import VALUES, Side
from chartgen.judgements.base import At
from chartgen.location import Pointer
from chartgen.templates.abstract import Parts


def in_values(side: Side, parts: Parts) -> At:
    """A key of values.yaml."""
    return At.file(side.locate(VALUES, Pointer(parts), key=True))


def in_template(side: Side, parts: Parts) -> At | None:
    """Where a template of the chart reads a key first, None when none of its own does."""
    mention = side.analysis.reads.own.get(parts)
    if mention is None:
        return None
    found = mention.template.location(mention.file, mention.start, mention.end)
    return At.file(found._replace(pointer=Pointer(parts)))


def named(parts: Parts) -> str:
    """A key as messages name it: ``'image.tag'``."""
    return f"'{Pointer(parts).dotted}'"


def common_maps(old: Mapping[str, Any], new: Mapping[str, Any], at: Parts = ()) -> Iterator[Parts]:
    """The places of the maps that two values have, the outer ones first."""
    for key, before in old.items():
        after = new.get(key)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield (*at, key)
            yield from common_maps(before, after, (*at, key))


def objects(both: Comparison, parts: Parts) -> str:
    """The objects that a changed default changes, for a message; ``""`` when there are none or it was not tried."""
    found = both.effects.get(parts, ())
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    return ", ".join(found[:3]) + more


def is_of_lost_dependency(both: Comparison, parts: Parts) -> bool:
    """Whether a key belongs to a dependency that the new chart does not have under this name."""
    keys = {pair.new.key for pair in both.dependencies if pair.new}
    return any(pair.old and pair.old.key == parts[0] and pair.old.key not in keys for pair in both.dependencies)
