"""The objects of two renderings, each matched with what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, partial

from chartgen.absent import ABSENT
from chartgen.compare.fields import FieldChange, field_changes
from chartgen.compare.noise import NO_VERSIONS, Versions, is_noise, is_same_name
from chartgen.compare.normal import normal, written
from chartgen.compare.pairing import Key, Pairing, Two, key, pair
from chartgen.compare.side import Rendering
from chartgen.compare.topics import topic
from chartgen.compare.unstable import Paths, unstable
from chartgen.engine.objects import RenderedObject
from chartgen.templates.abstract import Parts
from chartgen.tuples import NamedTuple

__all__ = ["Key", "ObjectPair", "ScenarioComparison", "by_key", "is_test"]

CRD = "CustomResourceDefinition"


class ObjectPair(NamedTuple):
    """An object and what became of it: the same kind and name, or another name or kind.

    ``changes`` are the fields whose values in the cluster differ in a way that says something. ``applied`` are all that
    differ in the cluster: those, and labels with the version, checksums, and what follows from another object's name.
    What comes out different at each rendering is in neither; ``unstable`` is where the new object does.
    """

    old: RenderedObject
    new: RenderedObject
    changes: tuple[FieldChange, ...]
    applied: tuple[FieldChange, ...] = ()
    unstable: Paths = frozenset()

    @property
    def kind(self) -> str:
        """The kind of the new object."""
        return self.new.kind

    @property
    def ref(self) -> str:
        """How messages name it: ``Deployment/api``."""
        return self.new.ref

    def under(self, *prefix: str) -> tuple[FieldChange, ...]:
        """The changes at a path or below it."""
        return tuple(change for change in self.changes if change.under(*prefix))

    def about(self, *topics: str) -> tuple[FieldChange, ...]:
        """The changes that are about certain topics (see ``topics``)."""
        return tuple(change for change in self.changes if topic(self.kind, change.path) in topics)


class ScenarioComparison:
    """Both charts under the same values. ``values_file`` is the old chart's file they come from, or ``""``.

    ``turned`` are the switches that are turned on in it beyond ``base``, which says what shows without them, and
    without the APIs that a cluster may have. ``sample`` is what a value that is empty by default is set to in it, or
    what is in it.
    Objects of tests are left out. Those that are hooks on one side or on both are among the rest.
    """

    def __init__(
        self,
        name: str,
        values_file: str,
        old: Rendering,
        new: Rendering,
        versions: Versions = NO_VERSIONS,
        *,
        turned: tuple[Parts, ...] = (),
        base: ScenarioComparison | None = None,
        sample: str = "",
    ) -> None:
        self.name = name
        self.values_file = values_file
        self.old = old
        self.new = new
        self.versions = versions
        self.turned = turned
        self.base = base
        self.sample = sample

    @property
    def is_comparable(self) -> bool:
        """Whether both sides rendered."""
        return self.old.failure is None and self.new.failure is None

    @cached_property
    def says_more(self) -> bool:
        """Whether anything may be said of it that is not said of its ``base`` already."""
        if self.base is None or not self.is_comparable:
            return self.is_comparable
        more = any(one not in self.base.removed for one in self.removed)
        more = more or any(one not in self.base.added for one in self.added)
        return more or any(
            (pair.old.body != pair.new.body or pair.unstable) and self.is_new(pair) for pair in self.by_sides.values()
        )

    def is_new(self, one: ObjectPair) -> bool:
        """Whether an object is another one than in ``base``, on one side or on both."""
        return self.base is None or (one.old, one.new) not in self.base.by_sides

    @property
    def namespace(self) -> str:
        """The namespace of the release."""
        return self.new.job.options.namespace

    @cached_property
    def unstable(self) -> tuple[Mapping[RenderedObject, Paths], Mapping[RenderedObject, Paths]]:
        """The objects of each side that come out different at each rendering, and where in them."""
        return (
            unstable(self.old.parsed, self.old.again, self.namespace),
            unstable(self.new.parsed, self.new.again, self.namespace),
        )

    @cached_property
    def _pairing(self) -> Pairing:
        if not self.is_comparable:
            return Pairing((), (), (), (), ())
        return pair(_counted(self.old), _counted(self.new), self.namespace, self._is_same_name)

    def _is_same_name(self, old: RenderedObject, new: RenderedObject) -> bool:
        """Whether two names are one but for what is different at each version or each rendering."""
        at = ("metadata", "name")
        made_up = at in self.unstable[0].get(old, ()) and at in self.unstable[1].get(new, ())
        return (made_up and old.source == new.source) or is_same_name(old.name, new.name, self.versions)

    @cached_property
    def renames(self) -> Mapping[str, str]:
        """The names that objects had, and those that they have now; the longest first."""
        names = {one.name: other.name for one, other in self._pairing.renamed if one.name != other.name}
        return dict(sorted(names.items(), key=lambda pair: (-len(pair[0]), pair[0])))

    @cached_property
    def pairs(self) -> tuple[ObjectPair, ...]:
        """The objects that are on both sides, with what differs in them (maybe nothing)."""
        return tuple(map(self._compare, self._pairing.same))

    @cached_property
    def renamed(self) -> tuple[ObjectPair, ...]:
        """The objects that have another name or namespace now, those with a made-up name among them."""
        return tuple(map(self._compare, self._pairing.renamed))

    @cached_property
    def replaced(self) -> tuple[ObjectPair, ...]:
        """The objects whose place one of another kind took, under the same name."""
        return tuple(map(self._compare, self._pairing.replaced))

    @cached_property
    def by_sides(self) -> Mapping[Two, ObjectPair]:
        """Everything that is on both sides, whatever its name and kind."""
        return {(pair.old, pair.new): pair for pair in (*self.pairs, *self.renamed, *self.replaced)}

    @cached_property
    def applied(self) -> Mapping[tuple[str, str, str], tuple[FieldChange, ...]]:
        """What differs in each object, by its old kind, namespace and name."""
        return {(pair.old.kind, pair.old.namespace, pair.old.name): pair.applied for pair in self.by_sides.values()}

    @property
    def removed(self) -> tuple[RenderedObject, ...]:
        """The objects that only the old chart has."""
        return self._pairing.removed

    @property
    def added(self) -> tuple[RenderedObject, ...]:
        """The objects that only the new chart has."""
        return self._pairing.added

    def is_made_up(self, one: ObjectPair) -> bool:
        """Whether the two names of a renamed object are one but for a hash, a version or something random."""
        return one.old.name != one.new.name and self._is_same_name(one.old, one.new)

    def _compare(self, two: Two) -> ObjectPair:
        old, new = two
        if self.base is not None and two in self.base.by_sides:
            return self.base.by_sides[two]
        if old.body == new.body:
            return ObjectPair(old, new, ())
        found: Iterable[FieldChange] = field_changes(normal(old, self.namespace), normal(new, self.namespace))
        moving = self.unstable[0].get(old, frozenset()), self.unstable[1].get(new, frozenset())
        skipped = moving[0] | moving[1]
        applied = tuple(
            change._replace(old=written(old, change.old), new=written(new, change.new))
            for change in found
            if ABSENT in (change.before, change.after) or not any(change.under(*path) for path in skipped)
        )
        if self.base is not None:  # which tells of what differs without a switch as well
            told = self.base.applied.get((old.kind, old.namespace, old.name), ())
            applied = tuple(one for one in applied if not any(map(one.is_same, told)))
        quiet = partial(is_noise, versions=self.versions, renames=self.renames)
        return ObjectPair(old, new, tuple(one for one in applied if not quiet(one)), applied, moving[1])


def by_key(rendering: Rendering) -> dict[Key, RenderedObject]:
    """The objects of a rendering by what makes them the same in a cluster; the last of two wins, as in Helm."""
    return {key(one, rendering.job.options.namespace): one for one in rendering.parsed.objects}


def is_test(obj: RenderedObject) -> bool:
    """Whether an object only lives while ``helm test`` runs."""
    return bool(obj.hooks) and obj.hooks <= {"test", "test-success", "test-failure"}


def _counted(rendering: Rendering) -> tuple[RenderedObject, ...]:
    return tuple(obj for obj in rendering.parsed.objects if obj.kind != CRD and not is_test(obj))
