"""What a policy file allows: a rule, in some files or objects, for a reason, maybe until a day."""

from chartgen.location import Location
from chartgen.policy.globs import matches, named
from chartgen.tuples import NamedTuple


class Ignore(NamedTuple):
    """One entry of ``ignores``. ``rules`` are ids; ``paths`` are relative to the policy file's folder.

    An entry without ``paths`` or ``objects`` covers all of them. ``until`` is the last day on which it counts, as
    ``2027-01-31``, or ``""``. ``location`` is where it stands in the policy file.
    """

    rules: tuple[str, ...]
    reason: str
    location: Location
    paths: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    until: str = ""

    def covers_path(self, path: str) -> bool:
        """Whether it speaks of a file, whose path is relative to the policy file's folder."""
        return not self.paths or any(matches(pattern, path) for pattern in self.paths)

    def covers(self, rule: str, subject: str, path: str) -> bool:
        """Whether it allows what a rule finds in a subject (``Deployment/web``), in a file."""
        if rule not in self.rules or not self.covers_path(path):
            return False
        return not self.objects or any(named(pattern, subject) for pattern in self.objects)

    def is_over(self, today: str) -> bool:
        """Whether its last day lies before ``today`` (``2026-11-26``)."""
        return bool(self.until) and self.until < today
