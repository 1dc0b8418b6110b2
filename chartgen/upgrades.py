"""What ``helm upgrade`` from one chart to another does in a cluster, as values: objects, hooks and definitions."""

from enum import Enum
from typing import Any

from chartgen.absent import ABSENT
from chartgen.tuples import NamedTuple


class Fate(Enum):
    """What becomes of an object.

    ``REFUSED``: Kubernetes refuses the change, and the upgrade fails; the object has to be deleted and created anew.
    ``KEPT``: no longer of the release, and left in the cluster by ``helm.sh/resource-policy: keep``.
    """

    CREATED = "created"
    CHANGED = "changed"
    REFUSED = "refused"
    DELETED = "deleted"
    KEPT = "kept"
    UNCHANGED = "unchanged"


class Field(NamedTuple):
    """A field of an object that changes; ``ABSENT`` where it is not there. In Secrets both values are ``None``, and
    ``is_masked`` says so. ``note`` says more (``made up anew at each rendering``).
    """

    place: str
    before: Any = ABSENT
    after: Any = ABSENT
    is_masked: bool = False
    note: str = ""


class ObjectFate(NamedTuple):
    """One object and what becomes of it. ``ref`` is ``Kind/name``; ``namespace`` is ``""`` outside of namespaces.

    ``why`` is the API server's refusal, or what else explains the fate; ``was`` the object that it takes the place of
    (another name or kind). ``restarts`` says why its pods are replaced, and is ``""`` when they are not.
    """

    fate: Fate
    ref: str
    api_version: str
    namespace: str = ""
    fields: tuple[Field, ...] = ()
    why: str = ""
    was: str = ""
    restarts: str = ""


class HookRun(NamedTuple):
    """A hook that runs at the upgrade: when, in which order, and whether it is new or changed."""

    ref: str
    when: str
    weight: int
    is_new: bool = False
    is_changed: bool = False


class Definition(NamedTuple):
    """A CustomResourceDefinition under ``crds/``, which Helm leaves as it is, and what differs in the new chart."""

    ref: str
    what: str


class Upgrade(NamedTuple):
    """An upgrade of a release under the values of one scenario.

    ``objects`` are in Helm's order, what is deleted last; those that stay as they are only count in ``unchanged``.
    ``stale`` are sentences about pods that go on with a configuration that changed, because nothing restarts them.
    ``failure`` says why nothing can be said: a chart does not render.
    """

    scenario: str
    objects: tuple[ObjectFate, ...] = ()
    unchanged: int = 0
    hooks: tuple[HookRun, ...] = ()
    definitions: tuple[Definition, ...] = ()
    stale: tuple[str, ...] = ()
    failure: str = ""

    def of(self, fate: Fate) -> tuple[ObjectFate, ...]:
        """The objects with one fate."""
        return tuple(one for one in self.objects if one.fate is fate)

    @property
    def restarted(self) -> tuple[ObjectFate, ...]:
        """The workloads whose pods are replaced."""
        return tuple(one for one in self.objects if one.restarts)
