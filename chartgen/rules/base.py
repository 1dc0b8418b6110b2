"""What every rule is made of.

A rule is one class in one module: ``rules/<group>/<id with underscores>.py``. Its base class says what it looks at and
``check`` finds the faults; where a fault stands in the template, in which scenarios it shows and whether somebody
allowed it is worked out by ``lint``.

- ``ObjectRule``: called for each rendered object of its ``kinds``, in each scenario.
- ``ScenarioRule``: called once for each scenario, with all its objects, or with the failure that left it without any.
- ``ChartRule``: called once for the chart: Chart.yaml, values.yaml, templates as text.

The docstring is the rule's page: a first line that names the fault, then ``## Why``, ``## Bad`` and ``## Good``. The
examples are fenced blocks; a block is ``templates/example.yaml`` unless its first line is a comment naming another file
(``# values.yaml``). A line of Bad that ends in the comment ``# here`` is where the finding must point.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Any, ClassVar

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix
from chartgen.kube.access import WORKLOADS, PodSpec, pod_spec
from chartgen.location import Location, Pointer
from chartgen.rules.context import ChartContext, ScenarioContext
from chartgen.tuples import NamedTuple

__all__ = [
    "CHOICES",
    "ChartContext",
    "ChartRule",
    "Fault",
    "LintRule",
    "ObjectRule",
    "Place",
    "PodRule",
    "Profile",
    "Rule",
    "ScenarioContext",
    "ScenarioRule",
]
"""All that a rule needs to be one."""


class Profile(Enum):
    """How demanding a run is: ``baseline`` within ``recommended`` within ``strict``.

    ``pss-baseline`` and ``pss-restricted`` are the levels of Kubernetes' Pod Security Standards and hold their rules
    only. No profile holds the ``optional`` rules, which run when they are selected or named in a policy file.
    """

    BASELINE = "baseline"
    RECOMMENDED = "recommended"
    STRICT = "strict"
    PSS_BASELINE = "pss-baseline"
    PSS_RESTRICTED = "pss-restricted"
    OPTIONAL = "optional"

    def includes(self, rule: "Profile", pod_security: "Profile | None" = None) -> bool:
        """Whether a run under this profile runs a rule of a profile and of a level of the Pod Security Standards."""
        if self in _NESTED:
            return rule in _NESTED[: _NESTED.index(self) + 1]
        return pod_security is self or (self is Profile.PSS_RESTRICTED and pod_security is Profile.PSS_BASELINE)


_NESTED = (Profile.BASELINE, Profile.RECOMMENDED, Profile.STRICT)

CHOICES = tuple(profile.value for profile in (*_NESTED, Profile.PSS_BASELINE, Profile.PSS_RESTRICTED))
"""The profiles a run may have."""


class Place(NamedTuple):
    """Where a rule points: a place in a rendered object, in a rendered file, or in a file of the chart.

    Made by ``on``, ``rendered`` and ``in_file``. The file of ``location`` is relative to the chart's folder.
    """

    obj: RenderedObject | None = None
    pointer: Pointer = Pointer()
    key: bool = False
    location: Location | None = None
    is_rendered: bool = False

    @classmethod
    def on(cls, obj: RenderedObject, pointer: Pointer = Pointer(), *, key: bool = False) -> "Place":
        """A place in an object; the nearest existing part of it when the place itself is missing."""
        return cls(obj, pointer, key)

    @classmethod
    def rendered(cls, source: str, line: int | None, column: int | None = None) -> "Place":
        """A line of the rendered text of a template."""
        return cls(location=Location(source, line, column), is_rendered=True)

    @classmethod
    def in_file(cls, location: Location) -> "Place":
        """A place in a file of the chart itself."""
        return cls(pointer=location.pointer, location=location)


class Fault(NamedTuple):
    """What a rule yields: a finding before lint has worked out its template line."""

    rule: type["Rule"]
    message: str
    place: Place
    subject: str
    help: str = ""
    severity: Severity | None = None
    related: tuple[tuple[Place, str], ...] = ()
    fix: Fix | None = None
    versions: int = 0


class Rule:
    """The base of all rules.

    ``id`` is the module's name with dashes; it names the fault, so that ``allow <id>`` reads well. ``pod_security`` is
    the level of the Pod Security Standards whose control the rule is, if it is one.

    A rule with a tunable meaning has a named tuple of ``options`` with its defaults; a policy file names its fields
    with dashes. Its docstring explains each under ``## Options``. An option ``pod_security`` is set by the profiles
    that are a level of the standards: ``baseline`` or ``restricted`` instead of ``""``.
    """

    id: ClassVar[str]
    severity: ClassVar[Severity]
    profile: ClassVar[Profile]
    pod_security: ClassVar[Profile | None] = None
    options: Any = None

    def __init__(self, options: Any = None) -> None:
        if options is not None:
            self.options = options

    @property
    def group(self) -> str:
        """The folder the rule lives in: ``security``, ``references``."""
        return type(self).__module__.split(".")[-2]

    @classmethod
    def fault(
        cls,
        place: Place,
        message: str,
        *,
        subject: str = "",
        help: str = "",  # noqa: A002 - the field's name everywhere else
        severity: Severity | None = None,
        related: tuple[tuple[Place, str], ...] = (),
        fix: Fix | None = None,
        versions: int = 0,
    ) -> Fault:
        """Make a fault of this rule. The subject is the object's ``Kind/name`` or the file, unless given.

        The message says what is wrong without naming the subject, which is put in front of it. The fields of a ``fix``
        are those of the object, unless they name a file. A fault that is not true for all Kubernetes releases that are
        judged for names its ``versions`` there, and lint puts them into words behind the message.
        """
        if not subject:
            subject = place.obj.ref if place.obj else (place.location.file or "") if place.location else ""
        whole = f"{subject}: {message}" if subject else message
        return Fault(cls, whole, place, subject, help, severity, related, fix, versions)


class ObjectRule(Rule):
    """Looks at one object at a time; it may read the others through ``ctx`` but reports only on the one it was given.

    ``kinds`` empty means every kind. ``hooks`` says whether Helm hook and test objects are judged too: rules about
    availability mean nothing for a pod that runs once.

    With ``keys`` only an object is looked at that has one of them, wherever in it: without any the rule finds nothing,
    whatever its options say. A rule that finds what is missing has none. They spare runs the import of most rules.
    """

    kinds: ClassVar[frozenset[str]] = frozenset()
    hooks: ClassVar[bool] = True
    keys: ClassVar[tuple[str, ...]] = ()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Yield a fault for each thing wrong with ``obj``."""
        raise NotImplementedError


class PodRule(ObjectRule):
    """Looks at everything that runs pods, through its pod spec."""

    kinds = WORKLOADS

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find the pod spec and hand it to ``check_pod``."""
        pod = pod_spec(obj.kind, obj.body)
        if pod is not None:
            yield from self.check_pod(obj, pod, ctx)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Yield a fault for each thing wrong with the pods of ``obj``."""
        raise NotImplementedError


class ScenarioRule(Rule):
    """Looks at one scenario as a whole.

    With ``kinds`` only scenarios that hold an object of one of them are looked at; with ``keys`` only those in which
    such an object has one of them. With ``troubles`` only those are that something is wrong with: ``ScenarioContext``
    says what (``trouble_kinds``).
    """

    kinds: ClassVar[frozenset[str]] = frozenset()
    keys: ClassVar[tuple[str, ...]] = ()
    troubles: ClassVar[tuple[str, ...]] = ()

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Yield a fault for each thing wrong with the scenario."""
        raise NotImplementedError


class ChartRule(Rule):
    """Looks at the chart's own files, once.

    With ``needs`` only a chart that has one of them is looked at: a file or folder (``Chart.lock``, ``crds/``), a key
    of Chart.yaml (``Chart.yaml:dependencies``), or a word in one of its own templates (``templates:lookup``).
    """

    needs: ClassVar[tuple[str, ...]] = ()

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Yield a fault for each thing wrong with the chart."""
        raise NotImplementedError


class LintRule(Rule):
    """Found by linting itself: a rule that failed, an allowance without effect. It has no check."""
