"""How other tools read the checks we share: which of our rules each of their checks is, and with which options.

One file a tool: ``<tool>.yaml`` beside this module maps a check's id to ``rule`` (ours, or several), ``default``
(whether the tool runs it unasked), ``options`` (that give the rule the tool's reading), ``part`` (where a rule holds
several of the tool's checks, the field that the check is about) and ``note`` (where the readings still differ). The
tools' own sources say what each check does.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

TOOLS = ("kube-linter", "kube-score", "polaris", "checkov")


class Check(NamedTuple):
    """One check of a tool: its rules here and their options, by the names that policy files use."""

    id: str
    rules: tuple[str, ...]
    default: bool = False
    options: Mapping[str, Any] = MappingProxyType({})
    part: str = ""
    note: str = ""


@cache
def checks(tool: str) -> Mapping[str, Check]:
    """The checks of a tool that we share, by their ids there."""
    from chartgen.yamlread import read

    text = (Path(__file__).parent / f"{tool}.yaml").read_text(encoding="utf-8")
    return {check_id: _check(check_id, entry) for check_id, entry in (read(text).data or {}).items()}


def _check(check_id: str, entry: Mapping[str, Any]) -> Check:
    rules = entry["rule"] if isinstance(entry["rule"], list) else [entry["rule"]]
    return Check(
        check_id,
        tuple(rules),
        entry.get("default", False),
        entry.get("options", {}),
        entry.get("part", ""),
        entry.get("note", ""),
    )
