"""Rendered lines -> template lines: a second render with markers, of what was found and of nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chartgen.engine.api import Engine, Options
from chartgen.findings import Related
from chartgen.lint.drafts import Draft, Spot
from chartgen.lint.subject import Subject
from chartgen.location import Location


class Places:
    """Answers where a spot is in the chart's own files. Made by ``resolve``."""

    def __init__(self) -> None:
        self._lines: dict[tuple[int, str, str], Any] = {}

    def location(self, subject: Subject, spot: Spot, scenarios: Sequence[str]) -> Location:
        """The place of a spot in the chart, as seen in the first of its scenarios; the line may stay unknown."""
        where = spot.location
        if not spot.is_rendered:
            return where
        return Location(where.file, pointer=where.pointer)

    def related(self, subject: Subject, draft: Draft, primary: Location) -> tuple[Related, ...]:
        """The other places of a draft, and where the value at its template line is set."""
        return tuple(Related(self.location(subject, spot, draft.scenarios), message) for spot, message in draft.related)


def resolve(subjects: Sequence[Subject], engine: Engine, options: Options) -> Places:
    """Look up the template lines of everything that was found in rendered text."""
    return Places()
