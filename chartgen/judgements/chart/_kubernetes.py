"""The Kubernetes versions that charts accept."""

from chartgen.compare.side import Side
from chartgen.version import Range, Version

_MINORS = tuple(Version(1, minor, 0) for minor in range(8, 61))


def accepted(side: Side) -> frozenset[Version] | None:
    """The Kubernetes releases that ``kubeVersion`` accepts, tried from 1.8 to 1.60; None for a range that is none."""
    wanted = side.metadata.get("kubeVersion")
    if wanted in (None, ""):
        return frozenset(_MINORS)
    try:
        found = Range(str(wanted))
    except ValueError:
        return None
    # A lower bound of a patch release (>= 1.25.3) accepts that minor release.
    return frozenset(one for one in _MINORS if any(Version(1, one.minor, patch) in found for patch in (0, 30)))


def told(versions: frozenset[Version]) -> str:
    """Releases for a message: ``1.21 to 1.24``."""
    first, last = min(versions), max(versions)
    names = [f"1.{one.minor}" for one in (first, last)]
    return names[0] if first == last else f"{names[0]} to {names[1]}"
