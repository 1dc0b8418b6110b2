"""What a release changed, in words for those who read a changelog: from judged changes and from commits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chartgen.changes import Certainty, DiffReport, Judged, Level
from chartgen.engine.api import Options
from chartgen.tuples import NamedTuple

CATEGORIES = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
"""Those of Keep a Changelog, in its order. Artifact Hub has the same ones as kinds, in lower case."""

MOST = 30
"""Judged changes that are written down; who wants all of them asks ``chartgen diff``."""


ALLOWED = "Released although it breaks:"
"""How the entry begins that says why a release may break something."""


UNTOLD = frozenset(("chart-metadata-changed", "documentation-changed", "package-changed", "values-comments-changed"))
"""Judgements that ask for a version and say nothing that whoever reads a changelog would act upon."""


class Entry(NamedTuple):
    """One line of a changelog: its category, what it says, and whether users have to act."""

    category: str
    text: str
    breaking: bool = False


def entries(report: DiffReport | None, *, commits: Sequence[str] = (), allowed: str = "") -> tuple[Entry, ...]:
    """What a comparison found and what commits say, by category, what breaks first.

    ``allowed`` is why a release may break something all the same.
    """
    told = (one for one in (report.judged if report else ()) if one.judgement not in UNTOLD)
    judged = [_entry(one) for one in told if one.level is not Level.NONE]
    found = list(dict.fromkeys(judged))
    if len(found) > MOST:
        more = len(found) - MOST + 1
        found = [*found[: MOST - 1], Entry("Changed", f"{more} smaller changes, which `chartgen diff` lists")]
    found += [Entry("Changed", _line(one)) for one in commits]
    if allowed:
        found.insert(0, Entry("Changed", f"{ALLOWED} {_line(allowed)}", breaking=True))
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (CATEGORIES.index(one.category), not one.breaking)))


def _entry(one: Judged) -> Entry:
    breaking = one.level is Level.MAJOR
    advice = f"; {one.advice}" if one.advice and breaking else ""
    likely = "may break: " if breaking and one.certainty is Certainty.LIKELY else ""
    category = _category(one.judgement)
    if breaking and category == "Added":
        category = "Changed"  # a new demand is no new feature
    return Entry(category, f"{likely}{_line(one.message)}{_line(advice)}", breaking)


_WORDS = (("Removed", ("removed", "dropped", "gone")), ("Added", ("added", "new")), ("Deprecated", ("deprecated",)))


def _category(judgement: str) -> str:
    """The category of an event, by the last words of its name: ``values-key-removed``."""
    words = judgement.split("-")
    return next((category for category, known in _WORDS if words[-1] in known), "Changed")


def _line(text: str) -> str:
    """Text on one line in which no HTML begins, and objects are called what they are in a release without a name."""
    return " ".join(text.split()).replace(_RELEASE, "").replace("<", "\\<")


_RELEASE = f"{Options().release}-"
"""How the names of most objects begin in a comparison; readers have releases of other names."""


def grouped(found: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Entries by category, in the order of the categories."""
    groups: dict[str, list[Entry]] = {}
    for one in found:
        groups.setdefault(one.category, []).append(one)
    return groups


def written(one: Entry) -> str:
    """An entry as it stands in a changelog."""
    return f"**Breaking:** {one.text}" if one.breaking else one.text
