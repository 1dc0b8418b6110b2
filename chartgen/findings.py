"""What linting says: findings, what suppressed them, and the report that holds them.

These are the values that rules, lint and the reporters share. Messages begin with the object they are about
(``Deployment/api: container 'web' has no memory limit``); the cure goes into ``help``.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from chartgen.fixes import Repair
from chartgen.location import Location
from chartgen.tuples import NamedTuple


class Severity(Enum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst; a larger number is milder."""
        return list(Severity).index(self)

    def at_least(self, other: "Severity") -> bool:
        """Whether this is as bad as ``other`` or worse."""
        return self.rank <= other.rank


class Related(NamedTuple):
    """A second place that helps to understand a finding, with a few words on what stands there."""

    location: Location
    message: str


class Suppression(NamedTuple):
    """Why a finding does not count: where that is said, and the reason given there."""

    location: Location
    reason: str
    kind: str = "comment"


class Finding(NamedTuple):
    """One thing a rule found.

    ``subject`` names the object or file (``Deployment/api``, ``Chart.yaml``); ``pointer`` the place in it;
    ``scenarios`` the values under which it shows. ``primary`` is the one line to edit.
    """

    rule: str
    severity: Severity
    message: str
    primary: Location
    subject: str = ""
    help: str = ""
    related: tuple[Related, ...] = ()
    scenarios: tuple[str, ...] = ()
    suppressed: Suppression | None = None
    chart: str = ""
    fix: Repair | None = None

    @property
    def identity(self) -> tuple[str, str, str]:
        """What stays of a finding when lines move and charts are moved or renamed: rule, subject and pointer."""
        return (self.rule, self.subject, str(self.primary.pointer))

    @property
    def fingerprint(self) -> str:
        """Names the finding across edits: chart, rule, subject and pointer, never the text or a line number."""
        from hashlib import sha256  # loads OpenSSL, which few runs need

        parts = (self.chart, *self.identity)
        return sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Orders findings by place, then severity, then rule."""
        return (*self.primary.sort_key, self.severity.rank, self.rule, self.subject, self.message)


class Report(NamedTuple):
    """The result of one lint run: findings sorted by place, the charts they are about, and what could not be done.

    ``suppressed`` findings are kept apart and counted. ``crashed`` is true when a rule or the engine failed in a way
    that is a bug of ours, which turns the exit code into 2. ``sources`` maps files named in findings to their text.
    ``files`` are plain manifests that were judged without a chart.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...] = ()
    charts: tuple[str, ...] = ()
    scenarios: int = 0
    objects: int = 0
    crashed: bool = False
    sources: Mapping[str, str] = MappingProxyType({})
    files: tuple[str, ...] = ()

    def number(self, severity: Severity) -> int:
        """How many unsuppressed findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def worst_at_least(self, severity: Severity) -> bool:
        """Whether any unsuppressed finding is as bad as ``severity`` or worse."""
        return any(finding.severity.at_least(severity) for finding in self.findings)
