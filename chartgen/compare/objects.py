"""The objects of two renderings, each matched with what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from chartgen.compare.fields import FieldChange, field_changes
from chartgen.compare.side import Rendering
from chartgen.engine.objects import RenderedObject

Key = tuple[str, str, str, str]
"""API group, kind, namespace and name: what makes an object the same one in a cluster."""


class ObjectPair(NamedTuple):
    """An object and what became of it: the same kind and name, or (``renamed``) another name."""

    old: RenderedObject
    new: RenderedObject
    changes: tuple[FieldChange, ...]

    @property
    def kind(self) -> str:
        """The kind, which is the same on both sides."""
        return self.new.kind

    @property
    def ref(self) -> str:
        """How messages name it: ``Deployment/api``."""
        return self.new.ref

    def under(self, *prefix: str) -> tuple[FieldChange, ...]:
        """The changes at a path or below it."""
        return tuple(change for change in self.changes if change.under(*prefix))


class ScenarioComparison:
    """Both charts under the same values. ``values_file`` is the old chart's file they come from, or ``""``."""

    def __init__(self, name: str, values_file: str, old: Rendering, new: Rendering) -> None:
        self.name = name
        self.values_file = values_file
        self.old = old
        self.new = new

    @property
    def is_comparable(self) -> bool:
        """Whether both sides rendered."""
        return self.old.failure is None and self.new.failure is None

    @cached_property
    def _keys(self) -> tuple[Mapping[Key, RenderedObject], Mapping[Key, RenderedObject]]:
        if not self.is_comparable:
            return {}, {}
        return by_key(self.old), by_key(self.new)

    @cached_property
    def pairs(self) -> tuple[ObjectPair, ...]:
        """The objects that are on both sides, with what differs in them (maybe nothing)."""
        old, new = self._keys
        return tuple(
            ObjectPair(one, new[key], field_changes(one.body, new[key].body)) for key, one in old.items() if key in new
        )

    @cached_property
    def removed(self) -> tuple[RenderedObject, ...]:
        """The objects that only the old chart has."""
        old, new = self._keys
        return tuple(one for key, one in old.items() if key not in new)

    @cached_property
    def added(self) -> tuple[RenderedObject, ...]:
        """The objects that only the new chart has."""
        old, new = self._keys
        return tuple(one for key, one in new.items() if key not in old)


def by_key(rendering: Rendering) -> dict[Key, RenderedObject]:
    """The objects of a rendering by what makes them the same in a cluster; the last of two wins, as in Helm."""
    return {
        (one.api_version.rpartition("/")[0], one.kind, one.namespace, one.name): one for one in rendering.parsed.objects
    }
