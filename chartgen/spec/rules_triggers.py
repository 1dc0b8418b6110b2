"""Rules about what KEDA watches; those about how it gets there are beside this module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.cron import fault, never
from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.phrases import question
from chartgen.spec.rules_kinds import unknown_zone
from chartgen.spec.scope import Scope
from chartgen.spec.triggers import KINDS, SCALERS, sqs_region

RESERVED = ("cpu", "memory")
"""Names of triggers that stand for what ``replicas`` says itself."""


def kinds(scope: Scope) -> Iterator[Problem]:
    """Each trigger watches one thing, and says what its scaler must know."""
    for name, given, place in _given(scope):
        if name in RESERVED:
            yield scope.problem(
                place,
                f"{name!r} is the name of what replicas.{name} sets",
                hint=f"write replicas.{name} instead, or choose another name",
                code="reserved-name",
                key=True,
            )
        found = [key for key in KINDS if key in given]
        if not found:
            yield scope.problem(
                place,
                "does not say what KEDA is to watch",
                hint=f"add one of {', '.join(KINDS)}",
                code="missing-key",
                key=True,
            )
        for key in found[1:]:
            yield scope.problem(
                place / key,
                f"cannot be combined with {found[0]!r}: a trigger watches one thing",
                hint="make two triggers of it",
                code="two-forms",
                key=True,
            )
        if len(found) == 1:
            yield from _complete(scope, found[0], given[found[0]], place / found[0])


def _given(scope: Scope) -> Iterator[tuple[str, Mapping[str, Any], Pointer]]:
    for name, given in scope.given("replicas").get("triggers", {}).items():
        yield name, given, scope.at("replicas", "triggers", name)


def _complete(scope: Scope, kind: str, said: Mapping[str, Any], place: Pointer) -> Iterator[Problem]:
    needed = SCALERS[kind].needed if kind in SCALERS else ("type", "metadata")
    for key in (key for key in needed if key not in said):
        yield _missing(scope, place, key)
    if kind == "sqs" and "queue" in said and "region" not in said and not sqs_region(said):
        yield scope.problem(
            place / "queue",
            f"{said['queue']!r} does not say in which region the queue is",
            hint="add region, e.g. region: eu-west-1, or write the queue's whole URL",
            code="missing-key",
        )
    elif kind == "servicebus":
        yield from _servicebus(scope, said, place)
    elif kind == "prometheus":
        yield from _one_target(scope, said, place)
    elif kind == "scaler" and said.get("type") in RESERVED:
        yield scope.problem(
            place / "type",
            f"{said['type']} is measured in percent of the request, which has a key of its own",
            hint=f"write replicas.{said['type']}, e.g. 70",
            code="reserved-name",
        )
    if kind in SCALERS:
        theirs = {SCALERS[kind].keys[key]: key for key in said if key in SCALERS[kind].keys}
        for option in said.get("options", {}):
            if option in theirs:
                yield scope.problem(
                    place / "options" / option,
                    f"is what {theirs[option]!r} says already",
                    hint="remove one of the two",
                    code="given-twice",
                    key=True,
                )


def _missing(scope: Scope, place: Pointer, key: str, hint: str = "") -> Problem:
    return scope.problem(place, f"{key!r} is missing", hint=hint or f"add {key}", code="missing-key", key=True)


def _servicebus(scope: Scope, said: Mapping[str, Any], place: Pointer) -> Iterator[Problem]:
    topic = [key for key in ("topic", "subscription") if key in said]
    if "queue" in said and topic:
        yield scope.problem(
            place / topic[0],
            "cannot be combined with 'queue': messages wait in a queue or in the subscription of a topic",
            hint="make two triggers of it",
            code="two-forms",
            key=True,
        )
    elif "queue" not in said and len(topic) < 2:
        key = {"topic": "subscription", "subscription": "topic"}.get(topic[0] if topic else "", "queue")
        yield _missing(scope, place, key)


def _one_target(scope: Scope, said: Mapping[str, Any], place: Pointer) -> Iterator[Problem]:
    if "average" in said and "value" in said:
        yield scope.problem(
            place / "value",
            "cannot be combined with 'average': a trigger has one target",
            hint="remove one of the two",
            code="two-forms",
            key=True,
        )
    elif "average" not in said and "value" not in said:
        yield _missing(scope, place, "average", "add average: 100, for each pod, or value: 100, in all")


def hours(scope: Scope) -> Iterator[Problem]:
    """A time begins and ends when KEDA can read it, at different moments, and with pods that may be."""
    most, least = scope.workload.replicas.max, scope.workload.replicas.min
    for _, given, place in _given(scope):
        said = given.get("cron", {})
        for key in ("start", "end"):
            cron = said.get(key, "* * * * *")
            wrong = "KEDA knows no @names" if cron.startswith("@") else fault(cron, zone="timezone")
            if not wrong and never(cron):
                wrong = "no month it names has that day"
            if wrong:
                yield scope.problem(
                    place / "cron" / key,
                    f"{cron!r} is not a schedule: {wrong}",
                    hint="write minute, hour, day of the month, month and day of the week, e.g. 0 8 * * 1-5",
                    code="schedule",
                )
        if "start" in said and said["start"] == said.get("end"):
            yield scope.problem(
                place / "cron" / "end",
                "is when it starts, so that it never lasts",
                hint="choose a later time",
                code="schedule",
            )
        unknown, near = unknown_zone(said.get("timezone", "UTC"))
        if unknown:
            yield scope.problem(
                place / "cron" / "timezone",
                f"{said['timezone']!r} is not a time zone{question(near)}",
                hint="" if near else "write REGION/CITY of the IANA database, e.g. Europe/Berlin",
                code="timezone",
            )
        count = said.get("replicas")
        if count is not None and scope.workload.replicas.autoscaled and not least < count <= most:
            yield scope.problem(
                place / "cron" / "replicas",
                f"{count} is greater than max, which is {most}"
                if count > most
                else f"{count} is no more than min, which is {least}, so that nothing would happen",
                hint=f"choose a number between {least + 1} and {most}",
                code="out-of-range",
            )
