"""One verdict for what is one event: the same judgement at the same places in scenarios that name objects differently.

A scenario that sets ``fullnameOverride`` names every object anew, and what happened to it is told once, of the first.
Two objects of one scenario that one template line makes are two events.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from chartgen.changes import Judged
from chartgen.location import Location


def merged(judged: Iterable[Judged], shown: Callable[[Iterable[str]], tuple[str, ...]]) -> tuple[Judged, ...]:
    """The verdicts without those that only tell of another scenario, whose names the first of them takes over.

    ``shown`` says which scenarios to name of several.
    """
    kept: dict[tuple[object, ...], list[Judged]] = {}
    for one in judged:
        same = kept.setdefault(_event(one), [])
        for index, other in enumerate(same):
            if one.scenarios and not set(one.scenarios) & set(other.scenarios):
                same[index] = other._replace(scenarios=shown((*other.scenarios, *one.scenarios)))
                break
        else:
            same.append(one)
    return tuple(one for same in kept.values() for one in same)


def _event(one: Judged) -> tuple[object, ...]:
    """What makes two verdicts tell of one event; a verdict at an unknown line is an event of its own."""
    places = (_line(one.old), _line(one.new))
    known = any(place[1] is not None for place in places)
    message = re.sub(r"\[\d+\]", "[]", one.message.removeprefix(one.subject))  # more may stand before it in one of them
    kind = one.subject.partition("/")[0]
    return (one.judgement, one.level, one.certainty, kind, message, *places, "" if known else one.subject)


def _line(where: Location | None) -> tuple[str | None, int | None]:
    return (where.file, where.line) if where else (None, None)
