"""What became of the values that a chart offers: keys, kinds and defaults, held against what the templates read.

A key is part of what a chart offers when a template names it. The keys of a map that templates only pass on
(``toYaml .Values.resources``) are their users' own: what values.yaml has there is a default, and no more. So are the
values of a subchart that is not unpacked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from chartgen.absent import ABSENT
from chartgen.chart.model import LARGEST_TEXT
from chartgen.compare.keys import Added, Redefined, Removed, kind, lookup
from chartgen.compare.moves import Key, moves, rewritten
from chartgen.compare.side import VALUES, Side
from chartgen.compare.usage import Usage
from chartgen.templates.abstract import ANY, Parts
from chartgen.yamlscalar import YamlError


class ValuesComparison:
    """The values of two charts side by side."""

    def __init__(self, old: Side, new: Side) -> None:
        self._old, self._new = old, new
        self.old, self.new = Usage(old.analysis), Usage(new.analysis)

    @property
    def is_certain(self) -> bool:
        """Whether what the new templates are not known to read is not read, as far as it was read before."""
        complete = self._old.analysis.reads.complete and self._new.analysis.reads.complete
        return complete and not self.unread and not self.new.uses_all and not self.new.unknown - self.old.unknown

    def was_unread(self, gone: Removed) -> bool:
        """Whether nothing can have read a key: a library that is not there is handed what stands at the top alone."""
        if gone.use != "unread" or not self._old.analysis.reads.complete or self.old.uses_all:
            return False
        return self.old.is_complete or (len(gone.parts) > 1 and gone.parts[0] != "global")

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """A sentence for each values.yaml that cannot be read: then nothing is said of what is in them."""
        found = []
        for which, side in (("old", self._old), ("new", self._new)):
            document = side.document(VALUES)
            if len(side.chart.files.get(VALUES, b"")) > LARGEST_TEXT:
                found.append(
                    f"values.yaml of the {which} chart is not compared: it is larger than {LARGEST_TEXT >> 20} MiB"
                )
            elif isinstance(document, YamlError):
                found.append(f"values.yaml of the {which} chart is not compared: {document.message}")
        return tuple(found)

    @cached_property
    def _raw(self) -> tuple[tuple[Removed, ...], tuple[Added, ...], tuple[Redefined, ...]]:
        found = [] if self.unread else list(self._walk(self._old.values, self._new.values, ()))
        removed = [one for one in found if isinstance(one, Removed)]
        added = [one for one in found if isinstance(one, Added)]
        return (*self._moved(removed, added), tuple(one for one in found if isinstance(one, Redefined)))

    @property
    def removed(self) -> tuple[Removed, ...]:
        """The keys that are gone from values.yaml."""
        return self._raw[0]

    @property
    def added(self) -> tuple[Added, ...]:
        """The keys that are new in values.yaml."""
        return self._raw[1]

    @property
    def redefined(self) -> tuple[Redefined, ...]:
        """The keys whose value is another."""
        return self._raw[2]

    @cached_property
    def forgotten(self) -> tuple[Parts, ...]:
        """Keys in both values.yaml that the old templates name and the new do not read; the outermost of each."""
        return tuple(self._forgotten(self._old.values, self._new.values, ())) if self.is_certain else ()

    @cached_property
    def undocumented(self) -> tuple[Parts, ...]:
        """Keys that are in neither values.yaml, that the old templates name and the new do not read."""
        if not self.is_certain:
            return ()
        reads = self._old.analysis.reads
        paths = {parts for parts in reads.own if parts and ANY not in parts and not self.old.is_dependency(parts)}
        gone = {
            parts
            for parts in paths
            if lookup(self._old.values, parts) is ABSENT
            and lookup(self._new.values, parts) is ABSENT
            and self.old.names(parts)
            and not self.new.reads(parts)
        }
        return tuple(
            sorted(parts for parts in gone if not any(other[: len(parts)] == parts != other for other in gone))
        )

    @cached_property
    def divided(self) -> tuple[tuple[Parts, Parts], ...]:
        """Keys that are still there, and the new key that a template reads in a place where it read them."""
        found = [(old, new) for old, heirs in rewritten(self._old, self._new).items() for new in heirs]
        return tuple(
            (old, new)
            for old, new in sorted(found)
            if lookup(self._new.values, old) is not ABSENT
            and self.new.names(old)
            and lookup(self._old.values, new) is ABSENT
            and lookup(self._new.values, new) is not ABSENT
            and not self.old.names(new)
        )

    @property
    def is_same_data(self) -> bool:
        """Whether both values.yaml hold the same."""
        return bool(not self.unread and self._old.values == self._new.values)

    def _walk(self, old: Mapping[str, Any], new: Mapping[str, Any], at: Parts) -> Iterator[Removed | Added | Redefined]:
        for key in (*old, *(key for key in new if key not in old)):
            parts = (*at, key)
            if key not in new:
                yield from self._gone(parts, old[key])
            elif key not in old:
                yield from self._came(parts, new[key])
            elif isinstance(old[key], Mapping) and isinstance(new[key], Mapping) and not self._is_free(parts):
                yield from self._walk(old[key], new[key], parts)
            elif kind(old[key]) != kind(new[key]) or old[key] != new[key]:
                yield Redefined(parts, old[key], new[key])

    def _is_free(self, parts: Parts) -> bool:
        return all(side.holds_free_keys(parts) for side in (self.old, self.new))

    def _gone(self, parts: Parts, value: Any) -> Iterator[Removed]:
        if isinstance(value, Mapping) and value and self.old.names(parts) and not self.old.holds_free_keys(parts):
            below = [one for key, item in value.items() for one in self._gone((*parts, key), item)]
            alike = {(one.use, one.still_read) for one in below}
            if len(alike) > 1:
                yield from below
                return
            use, still_read = next(iter(alike))
            yield Removed(parts, value, "named" if use == "unread" else use, still_read)
            return
        yield Removed(parts, value, _use(self.old, parts), self._is_still_read(parts))

    def _came(self, parts: Parts, value: Any) -> Iterator[Added]:
        use = _use(self.new, parts)
        yield Added(parts, value, use, self.old.names(parts) if use == "named" else self.old.reads(parts))

    def _is_still_read(self, parts: Parts) -> bool:
        """A key that was named, and is only passed on with the map around it as it was before, is not."""
        if self.new.names(parts) or (self.new.is_dependency(parts) and self.new.passes_on(parts)):
            return True
        was_more = self.old.names(parts) and self.old.passes_on(parts)
        return self.new.passes_on(parts) and not was_more

    def _moved(self, removed: list[Removed], added: list[Added]) -> tuple[tuple[Removed, ...], tuple[Added, ...]]:
        gone = [Key(one.parts, one.before) for one in removed if one.use == "named"]
        came = [Key(one.parts, one.after) for one in added if one.use == "named"]
        found = moves(self._old, self._new, gone, came)
        split: list[Removed] = []
        for one in removed:
            below = {old: new for old, new in found.items() if old[: len(one.parts)] == one.parts}
            if one.parts in below or not below:
                split.append(one._replace(moved_to=below.get(one.parts)))
            else:
                split += _apart(one, below)
        back = {new: old for old, new in found.items()}
        return tuple(split), tuple(one._replace(moved_from=_origin(one.parts, one.after, back)) for one in added)

    def _forgotten(self, old: Mapping[str, Any], new: Mapping[str, Any], at: Parts) -> Iterator[Parts]:
        for key, value in old.items():
            parts = (*at, key)
            if key not in new or not self.old.reads(parts) or self.old.is_dependency(parts):
                continue
            if not self.new.reads(parts):
                if self.old.names(parts):
                    yield parts
            elif isinstance(value, Mapping) and isinstance(new[key], Mapping):
                yield from self._forgotten(value, new[key], parts)


def _origin(parts: Parts, value: Any, back: Mapping[Parts, Parts]) -> Parts | None:
    """Where a new key came from; of a map that of its first part, when all that is in it came from somewhere."""
    if parts in back or not isinstance(value, Mapping) or not value:
        return back.get(parts)
    origins = [_origin((*parts, key), item, back) for key, item in value.items()]
    return origins[0] if all(origins) else None


def _apart(one: Removed, below: Mapping[Parts, Parts]) -> Iterator[Removed]:
    """A map that is gone, part by part, because parts of it have moved."""
    for key, value in one.before.items():
        parts = (*one.parts, key)
        moved = {old: new for old, new in below.items() if old[: len(parts)] == parts}
        child = Removed(parts, value, one.use, one.still_read, moved.get(parts))
        if moved and parts not in moved:
            yield from _apart(child, moved)
        else:
            yield child


def _use(usage: Usage, parts: Parts) -> str:
    return "named" if usage.names(parts) else "free" if usage.passes_on(parts) else "unread"
