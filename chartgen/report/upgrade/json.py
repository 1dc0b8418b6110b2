"""What an upgrade does in a cluster, as data for programs: the ``upgrades`` of a comparison in JSON."""

from __future__ import annotations

from typing import Any

from chartgen.absent import ABSENT
from chartgen.upgrades import Field, HookRun, ObjectFate, Upgrade


def as_data(one: Upgrade) -> dict[str, Any]:
    """One scenario. A side of a field that is absent has no key; one in a Secret is null, and ``masked`` says so."""
    return {
        "scenario": one.scenario,
        "failure": one.failure,
        "objects": [_object(obj) for obj in one.objects],
        "unchanged": one.unchanged,
        "hooks": [_hook(hook) for hook in one.hooks],
        "definitions": [{"ref": each.ref, "what": each.what} for each in one.definitions],
        "stale": list(one.stale),
    }


def _object(one: ObjectFate) -> dict[str, Any]:
    return {
        "fate": one.fate.value,
        "ref": one.ref,
        "apiVersion": one.api_version,
        "namespace": one.namespace,
        "was": one.was,
        "why": one.why,
        "restarts": one.restarts,
        "fields": [_field(field) for field in one.fields],
    }


def _field(one: Field) -> dict[str, Any]:
    sides = {"before": one.before, "after": one.after}
    return {
        "place": one.place,
        **{name: value for name, value in sides.items() if value is not ABSENT},
        "masked": one.is_masked,
        "note": one.note,
    }


def _hook(one: HookRun) -> dict[str, Any]:
    return {"ref": one.ref, "when": one.when, "weight": one.weight, "new": one.is_new, "changed": one.is_changed}
