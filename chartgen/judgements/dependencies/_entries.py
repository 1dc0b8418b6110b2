"""What the judgements about dependencies say alike."""

from chartgen.compare.comparison import Comparison
from chartgen.compare.dependencies import Dependency, DependencyPair
from chartgen.compare.keys import lookup
from chartgen.compare.side import Side
from chartgen.judgements.base import At
from chartgen.version import Range, Version


def at(side: Side, one: Dependency | None) -> At | None:
    """Where a dependency is declared."""
    return At.file(side.locate(one.file, one.pointer, key=False)) if one else None


def places(both: Comparison, pair: DependencyPair) -> tuple[At | None, At | None]:
    """Where a dependency is declared on both sides."""
    return at(both.old, pair.old), at(both.new, pair.new)


def named(one: Dependency) -> str:
    """A dependency as messages name it: with its alias where it has one."""
    return f"'{one.name}'" if one.key == one.name else f"'{one.name}' (as '{one.key}')"


def versions(pair: DependencyPair) -> tuple[Version, Version] | None:
    """The versions that both charts bring, None where one is not known."""
    found = []
    for one in pair:
        if one is None:
            return None
        text = one.resolved.lstrip("~^>=v ").split(" ")[0].rstrip(",").replace(".x", ".0").replace(".X", ".0")
        try:
            found.append(Version.parse(text))
        except ValueError:
            return None
    return found[0], found[1]


def newest(one: Dependency) -> int | None:
    """The highest major version that a range takes, where nothing says which version it is; None where none is."""
    if one.resolved != one.wanted:
        return None
    try:
        wanted = Range(one.wanted)
    except ValueError:
        return None
    taken = [major for major in range(_MOST) if Version(major, 999, 999) in wanted]
    return taken[-1] if taken and taken[-1] < _MOST - 1 else None


_MOST = 200
"""Major versions that are looked at; a range that takes all of them has no upper bound."""


def is_off(side: Side, one: Dependency) -> bool:
    """Whether the chart's own values switch a dependency off: the first of its conditions that they answer says no."""
    for condition in one.condition.split(","):
        answer = lookup(side.values, tuple(condition.strip().split(".")))
        if isinstance(answer, bool):
            return not answer
    return False


def is_same_chart(pair: DependencyPair) -> bool:
    """Whether it is the same chart under the same name."""
    old, new = pair
    return old is not None and new is not None and old.name == new.name and old.key == new.key
