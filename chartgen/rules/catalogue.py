"""Finds the rules: every module below ``rules/<group>/`` holds exactly one.

Rules are discovered by folder, so that adding one touches one file. Discovery reads file names only; a rule's module is
imported when a run needs it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from chartgen.rules.base import Rule

_FOLDER = Path(__file__).resolve().parent


@cache
def ids() -> dict[str, str]:
    """Every rule's id -> its module, sorted by group and id."""
    found = {}
    for path in sorted(_FOLDER.glob("*/*.py")):
        if not path.stem.startswith("_"):
            found[path.stem.replace("_", "-")] = f"chartgen.rules.{path.parent.name}.{path.stem}"
    return found


@cache
def rule(rule_id: str) -> Rule:
    """One rule by id. Raises KeyError for an unknown id, AssertionError when its module breaks the house rules."""
    module = import_module(ids()[rule_id])
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module.__name__
    ]
    assert len(classes) == 1, f"{module.__name__} must hold exactly one rule, it holds {len(classes)}"
    found = classes[0]()
    assert found.id == rule_id, f"the rule of {module.__name__} must have the id {rule_id!r}, it has {found.id!r}"
    return found


def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by group and id."""
    return tuple(rule(rule_id) for rule_id in ids())
