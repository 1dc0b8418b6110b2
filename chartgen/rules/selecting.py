"""Which things some labels may belong to, found without looking at every thing for every other.

Both indexes only narrow the choice: what they leave out cannot match, what they name may. Things come in the order they
were given in.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing")


class ByLabels(Generic[Thing]):
    """Things by their labels, for whoever has a selector.

    >>> ByLabels([("a", {"app": "web"}), ("b", {"app": "db"})]).that_may_have({"app": "db"})
    ('b',)
    """

    def __init__(self, things: Iterable[tuple[Thing, Mapping[str, str]]]) -> None:
        everything = []
        found: dict[tuple[str, str], list[Thing]] = {}
        for thing, labels in things:
            everything.append(thing)
            for pair in labels.items():
                found.setdefault(pair, []).append(thing)
        self._all = tuple(everything)
        self._by_pair = {pair: tuple(some) for pair, some in found.items()}

    def that_may_have(self, wanted: Mapping[str, Any]) -> tuple[Thing, ...]:
        """Those that have the rarest of the wanted labels; all of them where none is wanted."""
        some = (self._by_pair.get(pair, ()) for pair in _pairs(wanted))
        return min((self._all, *some), key=len)


class BySelector(Generic[Thing]):
    """Things by the labels they select, for whoever has labels.

    >>> BySelector([("a", {"app": "web"}), ("b", {"app": "db"})]).that_may_select({"app": "db", "tier": "x"})
    ['b']
    """

    def __init__(self, things: Iterable[tuple[Thing, Mapping[str, Any]]]) -> None:
        given = [(thing, _pairs(wanted)) for thing, wanted in things]
        often = Counter(pair for _, pairs in given for pair in pairs)
        self._by_pair: dict[tuple[str, str] | None, list[tuple[int, Thing]]] = {}
        for place, (thing, pairs) in enumerate(given):
            # Labels that all selectors of a chart share tell nothing apart.
            rarest = min(pairs, key=often.__getitem__, default=None)
            self._by_pair.setdefault(rarest, []).append((place, thing))

    def that_may_select(self, labels: Mapping[str, str]) -> list[Thing]:
        """Those whose rarest wanted label is there, and those that want none."""
        found = [entry for pair in (None, *labels.items()) for entry in self._by_pair.get(pair, ())]
        return [thing for _, thing in sorted(found, key=lambda entry: entry[0])]


def _pairs(wanted: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The labels that are texts: no others can be wanted in earnest."""
    return [(key, value) for key, value in wanted.items() if isinstance(value, str)]
