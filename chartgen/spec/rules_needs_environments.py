"""Rules about needs in environments: where a need is can differ, what it is and how workloads know it cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.model import AppSpec, Need, Workload
from chartgen.spec.phrases import meant
from chartgen.spec.rules_environments import CODE
from chartgen.spec.source import Source

KEY = "needs"


def strangers(app: AppSpec, part: Mapping[str, Any], place: Pointer, source: Source) -> Iterator[Problem]:
    """Needs the spec does not have."""
    names = [need.name for need in app.needs]
    for name in part.get(KEY, {}):
        if name not in names:
            near = meant(name, names)
            yield source.problem(
                place / KEY / name,
                f"there is no need {name!r}{near}; every environment has those of the spec",
                hint="" if near else "add it under needs",
                code=CODE,
                key=True,
            )


def differences(app: AppSpec, changed: AppSpec, place: Pointer, source: Source) -> Iterator[Problem]:
    """What an environment changes about a need although it is no value of the chart."""
    for old, new in zip(app.needs, changed.needs, strict=True):
        yield from _difference(old, new, place / KEY / old.name, source)
    for before, after in zip(app.workloads, changed.workloads, strict=True):
        if _called(before) != _called(after):
            own = place if app.single else place / "workloads" / before.name
            yield source.problem(
                own / "network" / "to",
                "which needs it may call is the same in every environment",
                hint="list the same needs here: " + (", ".join(sorted(_called(before))) or "none"),
                code=CODE,
                key=True,
            )


def _difference(old: Need, new: Need, place: Pointer, source: Source) -> Iterator[Problem]:
    """The gravest difference: the others follow from it, or come to light when it is gone."""
    found = [
        (new.kind != old.kind, "kind", f"is {old.kind} everywhere else, and the application is the same", ""),
        (
            _source(new) != _source(old),
            "operator" if new.operator else "chart",
            f"it comes from {_source(old)} everywhere else, and every environment runs the same chart",
            _other_source(old),
        ),
        (bool(new.secret) != bool(old.secret), "secret", _secret(old), "choose the same in every environment"),
        (
            new.secret_keys != old.secret_keys,
            "secret",
            f"the Secret holds {_keys(old)} everywhere else, and the pods take the same from it in every environment",
            "keep its keys; only its name can differ",
        ),
        (
            list(new.env.items()) != list(old.env.items()),
            "env",
            "the variables have the same names in every environment",
            "remove it here",
        ),
    ]
    if old.chart and new.chart:
        for key in ("name", "repository", "version", "alias", "suffix"):
            same = getattr(old.chart, key) == getattr(new.chart, key)
            found.append((not same, f"chart.{key}", "Chart.yaml is the same in every environment", "remove it here"))
        more = sorted(set(new.chart.values) ^ set(old.chart.values))
        found.append((
            bool(more), "chart.values", f"{', '.join(more)} is no value of the chart in the other environments",
            "set it in the spec, too",
        ))  # fmt: skip
    if old.operator and new.operator and not old.operator.storage:
        found.append((
            bool(new.operator.storage), "operator.storage",
            "makes a cluster that every other environment has already; every environment runs the same chart",
            "write storage in the spec, and existing in the environments that have one",
        ))  # fmt: skip
    for differs, key, said, hint in found:
        if differs:
            at = place + Pointer(tuple(key.split(".")))
            yield source.problem(at, said, hint=hint, code=CODE, key=True)
            return


def _called(w: Workload) -> set[str]:
    """The needs that a workload may call and does not have anyway."""
    return {peer.need for peer in w.network.to or () if peer.need} - set(w.needs)


def _source(need: Need) -> str:
    if need.operator:
        return "an operator"
    return f"the chart {need.chart.name}" if need.chart else "outside"


def _other_source(need: Need) -> str:
    """How an environment has it from elsewhere."""
    if need.chart:
        return "write chart: {enabled: false} and say its host"
    return "name the cluster there is: operator: {existing: shop-db}" if need.operator else "remove it here"


def _secret(need: Need) -> str:
    return "it takes a Secret to connect everywhere else" if need.secret else "nothing is secret everywhere else"


def _keys(need: Need) -> str:
    return ", ".join(f"{key} ({fact})" for fact, key in need.secret_keys.items())
