"""Values that go through ``tpl`` on one side only."""

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.compare.keys import lookup
from chartgen.compare.side import Side
from chartgen.compare.usage import Usage
from chartgen.templates.abstract import ANY, Parts


def newly_templated(old: Side, new: Side, before: Usage, after: Usage) -> Iterator[Parts]:
    """The keys that only the second side renders, and that the first one reads; the outermost that is named.

    Asked the other way round, the keys that are rendered no more.
    """
    found: dict[Parts, None] = {}
    for parts in sorted(new.analysis.reads.templated):
        key = parts[: parts.index(ANY)] if ANY in parts else parts
        if not key or before.is_templated(key) or not before.reads(key) or before.is_dependency(key):
            continue
        if any(lookup(side.values, key) is not ABSENT for side in (old, new)) or key in new.analysis.reads.own:
            found[key] = None
    yield from (key for key in found if not any(key[: len(other)] == other != key for other in found))
