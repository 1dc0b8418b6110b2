"""A comparison for programs, in the versioned shape that ``schemas/report.v1.schema.json`` describes."""

from __future__ import annotations

from typing import Any

from chartgen.absent import ABSENT
from chartgen.changes import Change, Compared, DiffReport, Judged, Level
from chartgen.report.json import dump, head, place
from chartgen.report.judgements import known, page_path
from chartgen.report.upgrade.json import as_data


def report(report: DiffReport) -> str:
    """A comparison as JSON text. What is not known is null; a side of a change that is absent has no key."""
    return dump(
        {
            **head("diff"),
            "old": _side(report.old),
            "new": _side(report.new),
            "required": report.required.value,
            "lowest": report.lowest,
            "enough": report.enough,
            "summary": {
                **{level.value: report.number(level) for level in reversed(Level)},
                "changes": len(report.changes),
                "scenarios": report.scenarios,
                "crashed": report.crashed,
            },
            "judged": [_judged(one) for one in report.judged],
            "changes": [_change(one) for one in report.changes],
            "unjudged": list(report.unjudged),
            **({"upgrades": [as_data(one) for one in report.upgrades]} if report.upgrades else {}),
        }
    )


def _side(side: Compared) -> dict[str, Any]:
    return {"name": side.name, "version": side.version, "origin": side.origin}


def _judged(one: Judged) -> dict[str, Any]:
    return {
        "judgement": one.judgement,
        "documentation": page_path(one.judgement) if known(one.judgement) else None,
        "level": one.level.value,
        "certainty": one.certainty.value,
        "message": one.message,
        "subject": one.subject,
        "hurts": one.hurts,
        "advice": one.advice,
        "fingerprint": one.fingerprint,
        "old": one.old and place(one.old),
        "new": one.new and place(one.new),
        "scenarios": list(one.scenarios),
    }


def _change(one: Change) -> dict[str, Any]:
    sides = {"before": one.before, "after": one.after}
    return {
        "kind": one.kind,
        "area": one.area,
        "subject": one.subject,
        "pointer": str(one.pointer),
        **{name: value for name, value in sides.items() if value is not ABSENT},
        "old": one.old and place(one.old),
        "new": one.new and place(one.new),
        "scenarios": list(one.scenarios),
    }
