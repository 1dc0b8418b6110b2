"""One workload as a rule sees it: its values, what was written, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.model import AppSpec, Workload
from chartgen.spec.source import Source

Rule = Callable[["Scope"], Iterator[Problem]]
"""A rule yields the problems of one workload."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A workload, its own keys (``own``), the top of the spec (``top``) and where its keys stand."""

    app: AppSpec
    workload: Workload
    own: Mapping[str, Any]
    top: Mapping[str, Any]
    pointer: Pointer
    source: Source

    def at(self, *parts: str | int) -> Pointer:
        """The place of one of the workload's keys; of the inherited one when the workload does not have it.

        Also below a key: ``at("env", "PORT")`` is the inherited variable when the workload does not set it.
        """
        own = self.pointer + Pointer(parts)
        deepest = self.source.existing(own)
        if len(deepest.parts) < len(own.parts):
            above = self.source.existing(Pointer(parts))
            if len(above.parts) > len(deepest.parts) - len(self.pointer.parts):
                return above
        return own

    def given(self, key: str) -> Any:
        """What the workload itself says under a key; an empty mapping when it says nothing or a mere scalar."""
        value = self.own.get(key)
        return value if isinstance(value, Mapping) else {}

    def problem(
        self, pointer: Pointer, message: str, *, code: str, hint: str = "", key: bool = False, warning: bool = False
    ) -> Problem:
        """A problem at a place of the spec."""
        return self.source.problem(pointer, message, code=code, hint=hint, key=key, warning=warning)
