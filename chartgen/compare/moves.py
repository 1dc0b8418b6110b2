"""Which keys of values were renamed or moved: what is gone in one place and new in another, and much the same.

Nothing says that a key moved, so each sign counts: a template line that is the same but for the key, equal defaults,
equal comments, a name that is spelt alike. One sign alone is not enough, but for the template line.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from chartgen.compare.comments import comment_above
from chartgen.compare.side import Side
from chartgen.templates.abstract import Parts
from chartgen.tuples import NamedTuple

_ENOUGH = 3.0
_MOST_KEYS = 3_000
_FEW = 40
"""Candidates of one key that are looked at; more of them are no sign of anything."""


class Key(NamedTuple):
    """A key of values and what stands there."""

    parts: Parts
    value: Any


_COMMON = frozenset(
    (
        *("enabled", "name", "type", "image", "tag", "repository", "registry", "annotations", "labels", "port", "size"),
        *(
            "limits",
            "requests",
            "create",
            "path",
            "host",
            "hosts",
            "tls",
            "value",
            "key",
            "data",
            "config",
            "resources",
        ),
        *("pullpolicy", "class", "classname", "extraargs", "args", "env"),
    )
)
"""Names that keys of all sorts have, without the marks between words."""


def moves(old: Side, new: Side, gone: Sequence[Key], came: Sequence[Key]) -> dict[Parts, Parts]:
    """Where keys that are gone went. A map moves as a whole, or else its keys one by one; no place is taken twice."""
    if not gone or not came:
        return {}
    search = _Search(old, new, gone, came)
    found: dict[Parts, Parts] = {}
    waiting = list(gone)
    while waiting:
        key = waiting.pop(0)
        best = search.best(key)
        if best is not None:
            found[key.parts] = best
        elif isinstance(key.value, Mapping):
            waiting += [Key((*key.parts, name), value) for name, value in key.value.items()]
    return found


class _Search:
    def __init__(self, old: Side, new: Side, gone: Sequence[Key], came: Sequence[Key]) -> None:
        self._old, self._new = old, new
        self._came = {key.parts: key for one in came for key in _all(one)}
        if len(self._came) > _MOST_KEYS:
            self._came = {key.parts: key for key in came}
        self._by_name: dict[str, list[Parts]] = defaultdict(list)
        self._by_value: dict[str, list[Parts]] = defaultdict(list)
        self._by_parent: dict[Parts, list[Parts]] = defaultdict(list)
        for parts, key in self._came.items():
            self._by_name[_plain(parts[-1])].append(parts)
            self._by_parent[parts[:-1]].append(parts)
            if _is_telling(key.value):
                self._by_value[_text(key.value)].append(parts)
        self._rewritten = rewritten(old, new)
        self._alike = rewritten(old, new, conditions=True)
        self._taken: set[Parts] = set()
        self._maps: Counter[tuple[Parts, Parts]] = Counter()
        """How many keys went from a map to another: of two places that are as good, a key goes with most others."""

    def best(self, key: Key) -> Parts | None:
        """The place a key most probably went to, which is taken from then on."""
        candidates = dict.fromkeys(
            (
                *self._rewritten.get(key.parts, ()),
                *self._alike.get(key.parts, ()),
                *self._by_name[_plain(key.parts[-1])][:_FEW],
                *(self._by_value[_text(key.value)][:_FEW] if _is_telling(key.value) else ()),
                *self._by_parent[key.parts[:-1]][:_FEW],
            )
        )
        scored = [
            (self._score(key, self._came[parts]), self._maps[key.parts[:-1], parts[:-1]], parts)
            for parts in candidates
            if parts in self._came and parts not in self._taken
        ]
        score, _, parts = max(scored, default=(0.0, 0, ()))
        if score < _ENOUGH:
            return None
        self._taken.add(parts)
        self._maps[key.parts[:-1], parts[:-1]] += 1
        return parts

    def _score(self, key: Key, other: Key) -> float:
        score = 3.0 if other.parts in self._rewritten.get(key.parts, ()) else 0.0
        score += 1.5 if other.parts in self._alike.get(key.parts, ()) else 0.0
        score += _names_alike(key.parts, other.parts) + _values_alike(key.value, other.value)
        if not isinstance(key.value, Mapping):
            comment = comment_above(self._old, key.parts)
            score += 1.5 if len(comment) > 12 and comment == comment_above(self._new, other.parts) else 0.0
        return score


def _names_alike(old: Parts, new: Parts) -> float:
    before, after = _plain(old[-1]), _plain(new[-1])
    same_place = old[:-1] == new[:-1]
    if before == after:
        return 2.5 if same_place else 0.5 if before in _COMMON else 1.5
    ratio = SequenceMatcher(None, before, after).ratio()
    # nameOverride -> app.nameOverride, serviceAccountName -> serviceAccount.name
    if _plain("".join(old)) == _plain("".join(new)):
        return 2.5
    return 1.5 if same_place and ratio >= 0.75 else 0.5 if ratio >= 0.75 else 0.0


def _values_alike(before: Any, after: Any) -> float:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        if not before or not after:
            return 0.5 if before == after else 0.0
        shared = len(before.keys() & after.keys()) / len(before.keys() | after.keys())
        return 3 * shared - 0.5 if len(before) > 1 else 1.5 * shared
    if isinstance(before, Mapping | list) or isinstance(after, Mapping | list):
        same = type(before) is type(after) and before == after
        return (2.0 if before else 0.5) if same else -2.0 if type(before) is not type(after) else 0.0
    if type(before) is type(after) and before == after:
        return 2.0 if _is_telling(before) else 0.5
    return 0.0 if type(before) is type(after) or None in (before, after) else -1.5


def _is_telling(value: Any) -> bool:
    """Whether two keys hardly have the same value by chance."""
    return isinstance(value, str | int | float | list) and not isinstance(value, bool) and len(_text(value)) > 4


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _all(key: Key) -> Iterator[Key]:
    yield key
    if isinstance(key.value, Mapping):
        for name, value in key.value.items():
            yield from _all(Key((*key.parts, name), value))


_SETS = re.compile(r"\s*(?:- )?[\w./-]+: ?\S")
_READ = re.compile(r"(?<![\w.])\$?\.Values\.([\w.]+)")


def rewritten(old: Side, new: Side, *, conditions: bool = False) -> dict[Parts, list[Parts]]:
    """Keys that one template line reads in the place where it read others, the rest of the line being the same.

    Only lines that set a field count (``port: {{ .Values.port }}``), or only the others, which say less; and only where
    no two of them are alike.
    """
    before, after = (set(_lines(side, conditions=conditions)) for side in (old, new))
    was, now = _frames(before - after), _frames(after - before)
    found: dict[Parts, list[Parts]] = defaultdict(list)
    for frame, reads in was.items():
        if len(reads) == 1 and len(now.get(frame, ())) == 1:
            for gone, came in zip(reads[0], now[frame][0], strict=True):
                if gone != came:
                    found[tuple(gone.split("."))].append(tuple(came.split(".")))
    return found


def _frames(found: set[str]) -> dict[str, list[tuple[str, ...]]]:
    frames: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for line in sorted(found):
        frames[_READ.sub("\0", line)].append(tuple(_READ.findall(line)))
    return frames


def _lines(side: Side, *, conditions: bool) -> Iterator[str]:
    for path in side.chart.templates:
        for line in (side.chart.text(path) or "").splitlines():
            if ".Values." in line and (_SETS.match(line) is None) is conditions:
                yield line.strip()
