"""Finds the judgements: every module below ``judgements/<area>/`` holds one, unless its name begins with ``_``."""

from functools import cache

from chartgen.judgements.base import Judgement
from chartgen.onefile import modules, only

_FOLDER = __file__.removesuffix("/catalogue.py")


@cache
def ids() -> dict[str, str]:
    """Every judgement's id -> its module, sorted by area and id."""
    return modules("chartgen.judgements", _FOLDER)


@cache
def judgement(judgement_id: str) -> Judgement:
    """One judgement by id. Raises KeyError for an unknown id, AssertionError when its module breaks the house rules."""
    return only(ids()[judgement_id], Judgement, judgement_id)


def all_judgements() -> tuple[Judgement, ...]:
    """Every judgement, sorted by area and id."""
    return tuple(judgement(judgement_id) for judgement_id in ids())
