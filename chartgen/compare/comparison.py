"""All that is compared of two charts; each part is worked out when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from chartgen.compare.fields import FieldChange, field_changes
from chartgen.compare.objects import ScenarioComparison
from chartgen.compare.side import Side


class Comparison:
    """Two charts side by side, and both under the same values, scenario by scenario (``default`` first).

    ``memory`` is where judgements keep what they work out once for a pair of charts.
    """

    def __init__(self, old: Side, new: Side, scenarios: tuple[ScenarioComparison, ...]) -> None:
        self.old = old
        self.new = new
        self.scenarios = scenarios
        self.memory: dict[object, Any] = {}

    @cached_property
    def metadata(self) -> tuple[FieldChange, ...]:
        """What differs in Chart.yaml, dependencies apart."""
        old, new = ({k: v for k, v in side.metadata.items() if k != "dependencies"} for side in (self.old, self.new))
        return field_changes(old, new)

    @cached_property
    def values(self) -> tuple[FieldChange, ...]:
        """What differs in values.yaml as data."""
        return field_changes(self.old.values, self.new.values)

    @cached_property
    def schema(self) -> tuple[FieldChange, ...]:
        """What differs in values.schema.json as data; nothing when either side has none."""
        if self.old.schema is None or self.new.schema is None:
            return ()
        return field_changes(self.old.schema, self.new.schema)
