"""Rules about how many pods there are and what decides it; those about triggers are beside this module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.errors import Problem
from chartgen.spec.model import Metric
from chartgen.spec.scope import Scope
from chartgen.spec.units import amount, seconds

KEDAS = ("fallback", "polling", "cooldown")
"""Keys that only KEDA obeys."""

AUTOSCALERS = ("cpu", "memory", "metrics", "behavior", "triggers", *KEDAS)
"""Keys that something must scale for."""


def bounds(scope: Scope) -> Iterator[Problem]:
    """The bounds must be in order, and none at all is for KEDA, which can wake what sleeps."""
    chosen = scope.workload.replicas
    if chosen.min > chosen.max:
        yield scope.problem(
            scope.at("replicas", "min"),
            f"{chosen.min} is greater than max, which is {chosen.max}",
            hint="swap the two",
            code="min-above-max",
        )
    elif chosen.min == 0 and not chosen.triggers:
        yield scope.problem(
            scope.at("replicas", "min"),
            "from 0 pods nothing leads back: a HorizontalPodAutoscaler has no pod to measure then",
            hint="write min: 1, or add triggers, with which KEDA scales from zero",
            code="zero-without-triggers",
        )


def effects(scope: Scope) -> Iterator[Problem]:
    """What is said about scaling must have something to act on."""
    chosen, given = scope.workload.replicas, scope.given("replicas")
    if chosen.min > chosen.max or not scope.workload.kind.scales:
        return
    for key in AUTOSCALERS:
        if key not in given:
            continue
        why = hint = ""
        if not chosen.autoscaled:
            why, hint = "max is not above min", "raise replicas.max, or remove it"
        elif key in KEDAS and not chosen.triggers:
            why, hint = "it is KEDA's, and there are no triggers", "add triggers, or remove it"
        elif key == "cooldown" and chosen.min > 0:
            why = f"it counts down to no pod at all, and min is {chosen.min}"
            hint = "say behavior.scaleDown.window instead, or write min: 0"
        if why:
            yield scope.problem(
                scope.at("replicas", key), f"has no effect, because {why}", hint=hint, code="no-effect", key=True,
                warning=True,
            )  # fmt: skip


def targets(scope: Scope) -> Iterator[Problem]:
    """An autoscaler needs something to measure, and percentages a request to be of."""
    w, chosen = scope.workload, scope.workload.replicas
    if not chosen.autoscaled:
        return
    if not (chosen.cpu or chosen.memory or chosen.metrics or chosen.triggers):
        yield scope.problem(
            scope.at("replicas"),
            "the autoscaler has neither a cpu nor a memory target, nor metrics or triggers",
            hint="set replicas.cpu, e.g. 70",
            code="autoscaler-without-target",
        )
    for key, target in (("cpu", chosen.cpu), ("memory", chosen.memory)):
        if target and not amount(w.resources.requests.get(key, "0")):
            yield scope.problem(
                scope.at("resources", "requests"),
                f"there is no {key} request, and the autoscaler measures {key} in percent of it",
                hint=f"add resources.requests.{key}, or set replicas.{key} to 0",
                code="autoscaler-without-request",
            )
        for container in w.containers:
            if target and not container.init and not amount(container.resources.requests.get(key, "0")):
                yield scope.problem(
                    scope.at("sidecars", container.name, "resources"),
                    f"there is no {key} request, and the autoscaler measures {key} in percent of what all containers "
                    "of a pod request",
                    hint=f"add requests.{key}, or set replicas.{key} to 0",
                    code="autoscaler-without-request",
                )


def conflicts(scope: Scope) -> Iterator[Problem]:
    """One autoscaler for each workload, and none where there can be one pod only."""
    w, chosen = scope.workload, scope.workload.replicas
    if chosen.triggers and chosen.metrics:
        yield scope.problem(
            scope.at("replicas", "metrics"),
            "cannot be combined with 'triggers': KEDA makes the HorizontalPodAutoscaler then, and a second one would "
            "undo what the first does",
            hint="write them as triggers too, e.g. load: {prometheus: {server: ..., query: ..., average: 100}}",
            code="two-autoscalers",
            key=True,
        )
    if chosen.triggers and w.pinned and chosen.max <= 1:
        yield scope.problem(
            scope.at("replicas", "triggers"),
            "cannot be combined with a volume for one node: there is one pod of such a workload, always",
            hint="use access: ReadWriteMany, or kind: StatefulSet, where each pod has its own",
            code="scaled-volume",
            key=True,
        )
    wakes = any(trigger.type == "cron" for trigger in chosen.triggers)
    if chosen.triggers and chosen.min == 0 and w.ingress is not None and not wakes:
        yield scope.problem(
            scope.at("replicas", "min"),
            "with 0 pods every request to the ingress fails, and requests are no trigger that could add one",
            hint="write min: 1",
            code="zero-behind-ingress",
            warning=True,
        )


def metrics(scope: Scope) -> Iterator[Problem]:
    """A metric has one target, of a sort that what it belongs to can have."""
    for metric in scope.workload.replicas.metrics:
        place = scope.at("replicas", "metrics", metric.name)
        said, hint, key = _metric_fault(metric)
        if said:
            yield scope.problem(place / key if key else place, said, hint=hint, code="metric", key=bool(key))
        for part, target in (("average", metric.average), ("value", metric.value)):
            if target and not amount(target):
                given = scope.given("replicas")["metrics"][metric.name]
                where = place / part if isinstance(given, Mapping) else place
                yield scope.problem(
                    where, f"{target} is no target: any load would be too much", hint="write more than 0",
                    code="out-of-range",
                )  # fmt: skip


def _metric_fault(metric: Metric) -> tuple[str, str, str]:
    """What is wrong with a metric, how to put it right, and at which of its keys."""
    if metric.external and metric.object:
        return (
            "cannot be combined with 'external': a metric belongs to an object of the cluster or to none",
            "remove one of the two",
            "object",
        )
    if metric.average and metric.value:
        return "cannot be combined with 'average': a metric has one target", "remove one of the two", "value"
    if not metric.average and not metric.value:
        return "there is no target", "add average: 100, or value: 100", ""
    if metric.value and not metric.external and not metric.object:
        return (
            "a metric of the pods has an average target only",
            "write average instead, or add external: true or an object",
            "value",
        )
    if metric.object and not metric.object[2]:
        return (
            f"the API version of {metric.object[0]!r} is missing",
            "add apiVersion, as in the object itself",
            "object",
        )
    return "", "", ""


def pace(scope: Scope) -> Iterator[Problem]:
    """Durations as text obey the bounds of numbers, and every key of a pace has something to act on."""
    given = scope.given("replicas")
    for key, least in (("polling", 1), ("cooldown", 0)):
        yield from _between(scope, ("replicas", key), given.get(key), least, 86400)
    for way, steps in given.get("behavior", {}).items():
        place = ("replicas", "behavior", way)
        yield from _between(scope, (*place, "window"), steps.get("window"), 0, 3600)
        yield from _between(scope, (*place, "every"), steps.get("every"), 1, 1800)
        yield from _idle(scope, place, way, steps)


def _between(scope: Scope, path: tuple[str, ...], value: Any, least: int, most: int) -> Iterator[Problem]:
    if isinstance(value, str) and not least <= seconds(value) <= most:
        yield scope.problem(
            scope.at(*path),
            f"{value!r} is {'less' if seconds(value) < least else 'more'} than "
            f"{least if seconds(value) < least else most}s",
            hint=f"choose a duration between {least}s and {most}s",
            code="out-of-range",
        )


def _idle(scope: Scope, place: tuple[str, ...], way: str, steps: Mapping[str, Any]) -> Iterator[Problem]:
    why = {}
    if steps.get("select") == "Disabled":
        why = dict.fromkeys(("percent", "pods", "every", "window"), "nothing happens in this direction")
    elif "every" in steps and way == "scaleUp" and "percent" not in steps and "pods" not in steps:
        why["every"] = "neither percent nor pods is given"
    if steps.get("select") in ("Max", "Min") and not ("percent" in steps and "pods" in steps):
        why["select"] = "there are not both percent and pods to choose from"
    for key, reason in why.items():
        if key in steps:
            yield scope.problem(
                scope.at(*place, key), f"has no effect, because {reason}", hint="remove it", code="no-effect", key=True,
                warning=True,
            )  # fmt: skip


def fallback(scope: Scope) -> Iterator[Problem]:
    """In need there is a number of pods, and no more than at any other time."""
    chosen = scope.workload.replicas
    given = scope.given("replicas").get("fallback")
    if isinstance(given, Mapping) and "replicas" not in given:
        yield scope.problem(
            scope.at("replicas", "fallback"),
            "'replicas' is missing",
            hint="add replicas: 3",
            code="missing-key",
            key=True,
        )
        return
    if chosen.fallback is None or chosen.fallback.replicas <= chosen.max or not chosen.autoscaled:
        return
    place = scope.at("replicas", "fallback")
    yield scope.problem(
        place / "replicas" if isinstance(given, Mapping) else place,
        f"{chosen.fallback.replicas} is greater than max, which is {chosen.max}",
        hint="lower it, or raise max",
        code="fallback-above-max",
    )
