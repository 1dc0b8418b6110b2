"""Finds the judgements: every module below ``judgements/<area>/`` holds one, unless its name begins with ``_``."""

from functools import cache
from importlib import import_module
from os import scandir

from chartgen.judgements.base import Judgement

_FOLDER = __file__.removesuffix("/catalogue.py")


@cache
def ids() -> dict[str, str]:
    """Every judgement's id -> its module, sorted by area and id."""
    found = {}
    for area in _names(_FOLDER):
        if area[0] != "_" and "." not in area:
            for name in _names(f"{_FOLDER}/{area}"):
                if name.endswith(".py") and name[0] != "_":
                    found[name[:-3].replace("_", "-")] = f"chartgen.judgements.{area}.{name[:-3]}"
    return found


def _names(folder: str) -> list[str]:
    with scandir(folder) as entries:
        return sorted(entry.name for entry in entries)


@cache
def judgement(judgement_id: str) -> Judgement:
    """One judgement by id. Raises KeyError for an unknown id, AssertionError when its module breaks the house rules."""
    module = import_module(ids()[judgement_id])
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Judgement) and value.__module__ == module.__name__
    ]
    assert len(classes) == 1, f"{module.__name__} must hold exactly one judgement, it holds {len(classes)}"
    found = classes[0]()
    assert found.id == judgement_id, f"the judgement of {module.__name__} must have the id {judgement_id!r}"
    return found


def all_judgements() -> tuple[Judgement, ...]:
    """Every judgement, sorted by area and id."""
    return tuple(judgement(judgement_id) for judgement_id in ids())
