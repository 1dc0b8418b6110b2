"""The versions in two Chart.yaml."""

import re

from chartgen.compare.comparison import Comparison
from chartgen.judgements.chart._fields import text
from chartgen.version import Version

_LOOSE = re.compile(r"[A-Za-z_-]*?v?(\d+(?:\.\d+){0,2})(?:[.+_-].*)?")


def app_versions(both: Comparison) -> tuple[Version, Version] | None:
    """The appVersion of both sides, read loosely (``RELEASE.2024-01``, ``v1.2``); None where it is no version or the
    same.
    """
    before, after = (_version(text(side, "appVersion")) for side in (both.old, both.new))
    if before is None or after is None or text(both.old, "appVersion") == text(both.new, "appVersion"):
        return None
    return before, after


def is_major_step(before: Version, after: Version) -> bool:
    """Whether the first number is another one; those that are years (``2021.10``) tell of time passing."""
    return before.major != after.major and not (before.major >= _YEARS and after.major >= _YEARS)


_YEARS = 2000


def _version(written: str) -> Version | None:
    found = _LOOSE.fullmatch(written.strip())
    return Version.parse(found[1]) if found else None
