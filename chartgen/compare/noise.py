"""Which differences between two rendered objects say nothing: they differ at each version, or at each rendering."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chartgen.absent import ABSENT
from chartgen.compare.fields import FieldChange
from chartgen.compare.normal import embedded, secret_text
from chartgen.tuples import NamedTuple

_VERSIONED = frozenset(
    (
        "helm.sh/chart",
        "app.kubernetes.io/version",
        "chart",
        "heritage",
        "app.kubernetes.io/managed-by",
        "helm.sh/revision",
    )
)
"""Labels that name a version, or the tool that installs."""

_DIGEST = re.compile(r"(?:sha256:)?[0-9a-f]{32,128}\Z")
_CHECKSUM = re.compile(r"checksum|\bhash\b|rollme|timestamp|deployed-?at", re.IGNORECASE)
_HASHED = re.compile(r"(?P<stem>.+?)-(?=[0-9a-f]*\d)[0-9a-f]{5,64}\Z")


class Versions(NamedTuple):
    """The versions of both charts, and of what they run; ``""`` where there is none."""

    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    def step(self, before: object, after: object) -> bool:
        """Whether two texts differ only in that one names a version of the old chart and the other the new one's."""
        if not isinstance(before, str) or not isinstance(after, str):
            return False
        return any(
            old and new and old != new and old in before and before.replace(old, new) == after
            for old, new in zip(self.old, self.new, strict=True)
        )

    @classmethod
    def of(cls, old: Mapping[str, object], new: Mapping[str, object]) -> Versions:
        """Those that two Chart.yaml name, in the forms that labels and names have."""
        pairs = [(str(old.get(key) or ""), str(new.get(key) or "")) for key in ("version", "appVersion")]
        for before, after in tuple(pairs):
            pairs += [(before.replace(a, b), after.replace(a, b)) for a, b in (("+", "_"), (".", "-"), (".", ""))]
            pairs.append((before.removeprefix("v"), after.removeprefix("v")))
        return cls(tuple(before for before, _ in pairs), tuple(after for _, after in pairs))


NO_VERSIONS = Versions()


def is_noise(change: FieldChange, versions: Versions, renames: Mapping[str, str]) -> bool:
    """Whether a difference is one of versions, checksums, spelling, or the consequence of an object's other name."""
    if change.path[:1] == ("apiVersion",):
        return False
    where = change.path[-2:-1]
    if where == ("labels",) and not change.under("spec", "volumeClaimTemplates"):
        return change.path[-1] in _VERSIONED or versions.step(change.before, change.after)
    if where == ("annotations",):
        return _is_checksum(change) or versions.step(change.before, change.after)
    if change.path[0] in ("data", "binaryData") and len(change.path) == 2:
        return _same_data(change) or versions.step(change.before, change.after)
    return _follows(change, renames)


def _is_checksum(change: FieldChange) -> bool:
    if _CHECKSUM.search(change.path[-1]):
        return True
    given = [value for value in (change.before, change.after) if value is not ABSENT]
    return all(isinstance(value, str) and _DIGEST.match(value) for value in given)


def _same_data(change: FieldChange) -> bool:
    """Whether two texts hold the same YAML or JSON, or differ in nothing but white space."""
    before, after = change.before, change.after
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    first, second = secret_text(before), secret_text(after)
    if first is not None and second is not None:
        before, after = first, second
    if before.split() == after.split() and _lines(before) == _lines(after):
        return True
    data = embedded(before)
    return data is not None and data == embedded(after)


def _lines(text: str) -> list[str]:
    """The lines that say something, without what trails behind them."""
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def _follows(change: FieldChange, renames: Mapping[str, str]) -> bool:
    """Whether a text names an object that has another name now, and nothing else changed in it."""
    before, after = change.before, change.after
    if not renames or not isinstance(before, str) or not isinstance(after, str) or change.under("spec", "selector"):
        return False
    return any(old in before and before.replace(old, new) == after for old, new in renames.items())


def is_same_name(old: str, new: str, versions: Versions) -> bool:
    """Whether two names are one but for a hash of the content, or the version, in them."""
    if versions.step(old, new):
        return True
    first, second = _HASHED.match(old), _HASHED.match(new)
    return first is not None and second is not None and first["stem"] == second["stem"]
