"""What is kept of a fault once its chart has been judged: everything a finding needs, without the rendered objects.

A run over many charts must not hold every object it has seen, so faults are turned into drafts chart by chart; the
template lines are looked up afterwards.
"""

from typing import TYPE_CHECKING, Any, Self

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix
from chartgen.location import Location, Pointer
from chartgen.rules.base import Fault, Place
from chartgen.tuples import NamedTuple

if TYPE_CHECKING:
    from chartgen.lint.targets import Target


class Spot(NamedTuple):
    """A place without its object. ``location.file`` is relative to the chart's folder.

    In rendered text (``is_rendered``) the line is the rendered one; ``key`` and ``value`` are what stands there, with
    which the column in the template is found. ``inner`` is true for a mapping or list, whose text is on the following
    lines.
    """

    location: Location
    is_rendered: bool
    key: str = ""
    value: Any = None
    inner: bool = False
    at_key: bool = False

    @property
    def source(self) -> str:
        """The file, relative to the chart's folder."""
        return self.location.file or ""


class Owner(NamedTuple):
    """The object that something is about: its reference, name and template, and the rendered line of its name."""

    ref: str
    name: str
    source: str
    line: int | None

    @property
    def identity(self) -> tuple[str, str, str]:
        """Equal for the same object in another scenario."""
        return (self.ref, self.name, self.source)

    @classmethod
    def of(cls, obj: RenderedObject) -> Self:
        """What is kept of an object."""
        return cls(obj.ref, obj.name, obj.source, obj.rendered_line(Pointer(("metadata", "name"))).line)


class Draft:
    """A finding in the making.

    ``scenarios`` are those it was seen in; a rendered line of ``spot`` is one of the first of them. ``owner`` is the
    object it is about, whose annotations may allow it. ``targets`` are what its ``fix`` would change, where asked for.
    ``versions`` are the Kubernetes releases it is true for, none when it is not about releases.
    """

    def __init__(
        self,
        rule: str,
        severity: Severity,
        message: str,
        help: str,  # noqa: A002 - the field's name everywhere else
        subject: str,
        spot: Spot,
        related: tuple[tuple[Spot, str], ...] = (),
        owner: Owner | None = None,
        fix: Fix | None = None,
        targets: "tuple[Target, ...]" = (),
        versions: int = 0,
    ) -> None:
        self.rule = rule
        self.severity = severity
        self.message = message
        self.help = help
        self.subject = subject
        self.spot = spot
        self.related = related
        self.owner = owner
        self.fix = fix
        self.targets = targets
        self.versions = versions
        self.scenarios: list[str] = []

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Every place it names."""
        return (self.spot, *(spot for spot, _ in self.related))

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for the same fault seen in another scenario."""
        where = self.spot.location
        line = None if self.spot.is_rendered and self.owner else (where.line, where.column)
        return (self.rule, self.subject, where.pointer, self.message, where.file, line)


_LONGEST = 1000
"""Characters of a message: names and values of a chart may have any number of them."""


def shortened(text: str) -> str:
    """A text that people read, cut where nobody reads on."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 4]} ..."


def draft(fault: Fault, severity: Severity, *, fixes: bool = False) -> Draft:
    """A draft of a fault, holding on to nothing of the object; with ``fixes``, what its fix would change."""
    obj = fault.place.obj
    return Draft(
        fault.rule.id,
        severity,
        shortened(fault.message),
        fault.help,
        fault.subject,
        spot(fault.place),
        tuple((spot(place), message) for place, message in fault.related),
        owner=Owner.of(obj) if obj else None,
        fix=fault.fix,
        targets=_targets(fault) if fixes else (),
        versions=fault.versions,
    )


def _targets(fault: Fault) -> "tuple[Target, ...]":
    from chartgen.lint.targets import target

    return tuple(target(action, fault.place.obj) for action in fault.fix.actions) if fault.fix else ()


def spot(place: Place) -> Spot:
    """Where a place is, and what stands there."""
    if place.obj is None:
        location = place.location or Location(pointer=place.pointer)
        return Spot(location, place.is_rendered)
    obj, pointer = place.obj, place.pointer
    value: Any = obj.document.data
    key = ""
    missing = False
    for part in pointer.parts:
        if isinstance(value, dict) and str(part) in value:
            value, key = value[str(part)], str(part)
        elif isinstance(value, list) and str(part).isdecimal() and int(part) < len(value):
            value, key = value[int(part)], ""
        else:
            missing = True
            break
    inner = isinstance(value, dict | list)
    # The text of a mapping begins on the line after its key; people edit at the key.
    at_key = place.key or missing or inner
    location = obj.rendered_line(pointer, key=at_key)
    return Spot(location, True, key, None if inner else value, inner, at_key)
