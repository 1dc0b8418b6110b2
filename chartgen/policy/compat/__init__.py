"""How other tools read the checks we share: which of our rules each of their checks is, and with which options.

One file a tool: ``<tool>.yaml`` beside this module maps a check's id to ``rules`` (ours, each with the ``options`` that
give it the tool's reading and, where a rule holds several of the tool's checks, the ``part``: the field that the check
is about), ``default`` (whether the tool runs it unasked) and ``note`` (where the readings still differ).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

TOOLS = ("kube-linter", "kube-score", "polaris", "checkov")


class Reading(NamedTuple):
    """A rule of ours as a tool reads it; ``options`` by the names that policy files use."""

    rule: str
    options: Mapping[str, Any] = MappingProxyType({})
    part: str = ""


class Check(NamedTuple):
    """One check of a tool, which is one rule of ours or several."""

    id: str
    readings: tuple[Reading, ...]
    default: bool = False
    note: str = ""

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of its rules."""
        return tuple(reading.rule for reading in self.readings)


@cache
def checks(tool: str) -> Mapping[str, Check]:
    """The checks of a tool that we share, by their ids there."""
    from chartgen.yamlread import read

    text = (Path(__file__).parent / f"{tool}.yaml").read_text(encoding="utf-8")
    return {check_id: _check(check_id, entry) for check_id, entry in (read(text).data or {}).items()}


def _check(check_id: str, entry: Mapping[str, Any]) -> Check:
    readings = tuple(Reading(one["rule"], one.get("options", {}), one.get("part", "")) for one in entry["rules"])
    return Check(check_id, readings, entry["default"], entry.get("note", ""))
