"""What a gate says of the charts of a repository: whether each may be released as it is."""

from collections.abc import Mapping
from types import MappingProxyType

from chartgen.changes import Level
from chartgen.findings import Finding, Severity
from chartgen.tuples import NamedTuple

CHECKS = {
    "chart-unreadable": "The chart cannot be read, so that nothing can be said of it.",
    "version-not-raised": "The package differs from what it was, and its version does not.",
    "version-too-small": "The version was raised by less than what has changed requires.",
    "version-lowered": "The version is below what it was.",
    "version-invalid": "The version is not a semantic version.",
    "changelog-missing": "No changelog tells of the version.",
    "lint-worse": "Linting finds what it did not find before.",
    "readme-stale": "The table of values in README.md is not that of values.yaml any more.",
    "schema-stale": "values.schema.json was made by chartgen and is not that of values.yaml any more.",
}
"""What a gate may find, by its id. A gate that may be opened for one of them names it in ``--skip``."""


class Gated(NamedTuple):
    """One chart that has changed: what it was, what it is, and what that requires.

    ``folder`` is its place in the repository. ``state`` is ``changed``, ``new``, ``moved``, ``renamed`` or
    ``removed``; ``origin`` the folder or the name it had before, where that is another. ``before`` and ``after`` are
    versions, ``""`` where there is none. ``allowed`` is why its version may be below what is ``required``.
    """

    chart: str
    folder: str
    state: str
    before: str = ""
    after: str = ""
    required: Level = Level.NONE
    because: tuple[str, ...] = ()
    next: str = ""
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    origin: str = ""
    allowed: str = ""

    @property
    def passes(self) -> bool:
        """Whether nothing keeps it from being released."""
        return not any(one.severity is Severity.ERROR for one in self.findings)


class GateReport(NamedTuple):
    """All charts of a repository that have changed since a commit, by folder.

    ``against`` is the commit as the user named it, ``commit`` the one that was compared with, ``looked_at`` how many
    charts there are. ``command`` is what to run when a version is not enough, ``""`` when there is nothing to run.
    """

    against: str
    commit: str
    charts: tuple[Gated, ...]
    looked_at: int = 0
    command: str = ""
    crashed: bool = False
    sources: Mapping[str, str] = MappingProxyType({})

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in all charts."""
        return tuple(finding for one in self.charts for finding in one.findings)

    @property
    def passes(self) -> bool:
        """Whether every chart passes."""
        return all(one.passes for one in self.charts)
