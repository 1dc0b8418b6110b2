"""All that is compared of two charts; each part is worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from chartgen.compare.defines import DefineChange, define_changes
from chartgen.compare.dependencies import DependencyPair, dependency_pairs
from chartgen.compare.fields import FieldChange, field_changes
from chartgen.compare.files import FileChange, file_changes
from chartgen.compare.objects import ScenarioComparison
from chartgen.compare.schema import SchemaChange, schema_changes
from chartgen.compare.side import Side
from chartgen.compare.values import ValuesComparison
from chartgen.templates.abstract import Parts
from chartgen.tuples import NamedTuple

if TYPE_CHECKING:
    from chartgen.compare.crds import CrdPair


class Reread(NamedTuple):
    """What is as it was with a new default, and is not with the old one: a field of an object (``Deployment/web``), or
    the object, which is not there; ``under`` the values that are set besides.
    """

    ref: str
    field: str = ""
    under: str = ""


class Comparison:
    """Two charts side by side, and both under the same values, scenario by scenario (``default`` first).

    ``effects`` says of changed defaults which objects come out different for them alone (``Deployment/web``); what is
    not in it was not tried. ``rereads`` are those that mean something else: a template made up for the change.
    ``memory`` is where judgements keep what they work out once for a pair of charts.
    """

    def __init__(self, old: Side, new: Side, scenarios: tuple[ScenarioComparison, ...]) -> None:
        self.old = old
        self.new = new
        self.scenarios = scenarios
        self.effects: Mapping[Parts, tuple[str, ...]] = MappingProxyType({})
        self.rereads: Mapping[Parts, Reread] = MappingProxyType({})
        self.memory: dict[object, Any] = {}

    def shown(self, names: Iterable[str]) -> tuple[str, ...]:
        """The scenarios to name for what shows in several.

        Those that build on another one (a switch turned on, an API that the cluster has) are only named for what shows
        in no other, and not when fewer switches do.
        """
        found = [one for one in self.scenarios if one.name in set(names)]
        without = [one for one in found if one.base is None]
        if without:
            return tuple(one.name for one in without)
        turned = [set(one.turned) for one in found]
        return tuple(one.name for one in found if not any(fewer < set(one.turned) for fewer in turned))

    @cached_property
    def metadata(self) -> tuple[FieldChange, ...]:
        """What differs in Chart.yaml, dependencies apart."""
        old, new = ({k: v for k, v in side.metadata.items() if k != "dependencies"} for side in (self.old, self.new))
        return field_changes(old, new)

    @cached_property
    def values(self) -> ValuesComparison:
        """What became of the values that the charts offer."""
        return ValuesComparison(self.old, self.new)

    @cached_property
    def schema(self) -> tuple[SchemaChange, ...]:
        """What became of values.schema.json, a missing one counting as one that accepts everything."""
        return schema_changes(self.old.schema or {}, self.new.schema or {})

    @cached_property
    def crds(self) -> tuple[CrdPair, ...]:
        """What became of CustomResourceDefinitions; those in files that are the same are not among them."""
        kind = "CustomResourceDefinition"
        sides = [side for one in self.scenarios for side in (one.old, one.new)]
        if not any(side.crds or any(obj.kind == kind for obj in side.parsed.objects) for side in sides):
            return ()
        from chartgen.compare.crds import crd_pairs

        return crd_pairs(self.old, self.new)

    @cached_property
    def defines(self) -> tuple[DefineChange, ...]:
        """What became of named templates."""
        return define_changes(self.old, self.new)

    @cached_property
    def files(self) -> tuple[FileChange, ...]:
        """The packaged files that differ."""
        return file_changes(self.old, self.new)

    @cached_property
    def dependencies(self) -> tuple[DependencyPair, ...]:
        """The charts that the charts depend on."""
        return dependency_pairs(self.old, self.new)
