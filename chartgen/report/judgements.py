"""The judgements as pages: what reports and ``chartgen explain`` say of one."""

from __future__ import annotations

from chartgen.changes import Certainty, Level
from chartgen.findings import Severity
from chartgen.judgements import catalogue
from chartgen.judgements.base import Judgement
from chartgen.report.docstrings import docstring

SEVERITIES = {
    Level.MAJOR: Severity.ERROR,
    Level.MINOR: Severity.WARNING,
    Level.PATCH: Severity.INFO,
    Level.NONE: Severity.INFO,
}
"""How bad a level is to a system that knows three severities."""


def area(judgement: Judgement) -> str:
    """The folder the judgement lives in: ``values``, ``objects``."""
    return type(judgement).__module__.split(".")[-2]


def page(judgement: Judgement) -> str:
    """A judgement's page in Markdown: what happened, which level that asks for, why, and examples."""
    lines = docstring(judgement).splitlines()
    first, _, rest = "\n".join(line.removesuffix("# here").rstrip() for line in lines).partition("\n\n")
    proven = "The two charts prove it." if judgement.certainty is Certainty.DEFINITE else "It depends on the users."
    told = [f"Asks for a {judgement.level.value} version. {proven}"]
    if judgement.hurts:
        told.append(f"Hurts: {judgement.hurts}.")
    if judgement.advice:
        told.append(f"Tell them: {judgement.advice}.")
    return f"# {judgement.id}\n\n{first}\n\n{chr(10).join(told)}\n\n{rest.strip()}\n"


def page_path(judgement_id: str) -> str:
    """The file of a judgement's page: ``docs/judgements/objects/selector-changed.md``. Raises KeyError."""
    return f"docs/judgements/{catalogue.ids()[judgement_id].split('.')[-2]}/{judgement_id}.md"


def known(judgement_id: str) -> Judgement | None:
    """A judgement by id, None for an id that no judgement has."""
    return catalogue.judgement(judgement_id) if judgement_id in catalogue.ids() else None
