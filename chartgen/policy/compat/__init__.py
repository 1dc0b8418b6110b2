"""How other tools read the checks we share: which of our rules each of their checks is, and with which options.

One file a tool: ``<tool>.yaml`` beside this module maps a check's id to ``rules`` (ours, each with the ``options`` that
give it the tool's reading; where the rule finds more than the tool looks at, the ``kinds`` of objects that the check is
about and the fields that are ``unseen`` by it; and, where a rule holds several of the tool's checks, the ``part``: the
field that the check is about), ``default`` (whether the tool runs it unasked) and ``note`` (where the readings still
differ).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chartgen.tuples import NamedTuple

TOOLS = ("kube-linter", "kube-score", "polaris", "checkov")
"""The tools whose reading ``--compat`` takes on."""

NAMED = (*TOOLS, "kyverno")
"""The tools whose names are known. Kyverno has public policies, of which everybody picks some, and no checks."""

UNSEEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "kube-linter": frozenset(),
        "kube-score": frozenset({"ephemeralContainers", "ReplicaSet", "ReplicationController", "DeploymentConfig"}),
        "polaris": frozenset({"ephemeralContainers"}),
        "checkov": frozenset({"ephemeralContainers"}),
    }
)
"""The kinds of objects, and the fields, in which a tool finds nothing whatever stands there."""


class Reading(NamedTuple):
    """A rule of ours as a tool reads it; ``options`` by the names that policy files use.

    ``kinds`` are those it is about, all where there are none; in fields that are ``unseen`` it finds nothing.
    """

    rule: str
    options: Mapping[str, Any] = MappingProxyType({})
    part: str = ""
    kinds: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()


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


@cache
def names_elsewhere(rule_id: str) -> Mapping[str, tuple[str, ...]]:
    """What other tools call a rule of ours: tool -> the ids of its checks, sorted; only tools that have it."""
    found = {tool: tuple(sorted(check.id for check in _shared_by(tool).get(rule_id, ()))) for tool in NAMED}
    return {tool: names for tool, names in found.items() if names}


@cache
def _shared_by(tool: str) -> Mapping[str, list[Check]]:
    found: dict[str, list[Check]] = {}
    for check in checks(tool).values():
        for rule_id in dict.fromkeys(check.rules):
            found.setdefault(rule_id, []).append(check)
    return found


def _check(check_id: str, entry: Mapping[str, Any]) -> Check:
    return Check(check_id, tuple(map(_reading, entry["rules"])), entry["default"], entry.get("note", ""))


def _reading(entry: Mapping[str, Any]) -> Reading:
    kinds, unseen = frozenset(entry.get("kinds", ())), frozenset(entry.get("unseen", ()))
    return Reading(entry["rule"], entry.get("options", {}), entry.get("part", ""), kinds, unseen)
