"""When a package was made, for those who read it: as asked, as the environment says, or as its last commit was."""

from __future__ import annotations

import os
from pathlib import Path

from chartgen.errors import CannotDo


def epoch() -> int | None:
    """``SOURCE_DATE_EPOCH``, the time that builds are made reproducible with. Raises CannotDo."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    if not text.isdecimal() or int(text) > _LATEST:
        raise CannotDo(f"SOURCE_DATE_EPOCH is {text!r}, which is no time", hint="in seconds, as date +%s prints it")
    return int(text)


_LATEST = 253_402_300_799
"""The last second of the year 9999."""


def stamp(created: str | None, time: int | None, source: Path) -> str | None:
    """When a package was made, as an index has it; None where nothing says so. Raises CannotDo."""
    from datetime import UTC, datetime

    if created is not None:
        return utc(created)
    if time is not None:
        return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    from chartgen.chart.git import attempt

    folder = source if source.is_dir() else source.parent
    said = attempt(folder.resolve(), "log", "-1", "--format=%cI", "--", "." if source.is_dir() else source.name).strip()
    return utc(said) if said else None


def utc(text: str) -> str:
    """A time in UTC, to the second. Raises CannotDo."""
    from datetime import UTC, datetime

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CannotDo(f"{text!r} is no time", hint="as in 2026-11-26T10:00:00Z") from None
    known = found if found.tzinfo else found.replace(tzinfo=UTC)
    return known.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
