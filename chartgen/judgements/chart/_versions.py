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


def _version(written: str) -> Version | None:
    found = _LOOSE.fullmatch(written.strip())
    return Version.parse(found[1]) if found else None
