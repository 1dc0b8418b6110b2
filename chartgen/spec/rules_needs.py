"""Rules about what an application needs: that it can be brought about, told to the workloads, and told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.model import AppSpec, Fact, Need
from chartgen.spec.needs import KINDS, facts
from chartgen.spec.phrases import meant
from chartgen.spec.rules_needing import used_needs
from chartgen.spec.rules_network import address_range
from chartgen.spec.rules_operators import operated
from chartgen.spec.source import Source

KEY = "needs"

TAKEN = frozenset((
    "affinity", "args", "autoscaling", "command", "completions", "enabled", "env", "global", "image", "ingress",
    "lifecycle", "metrics", "monitoring", "needs", "parallelism", "persistence", "rbac", "resources", "schedule",
    "service", "sidecars", "strategy", "suspend", "test", "tolerations", "volumes",
))  # fmt: skip
"""The values at the top of some chart whose names could be an alias."""


def needs(app: AppSpec, data: Mapping[str, Any], source: Source) -> Iterator[Problem]:
    """The problems of the needs themselves."""
    seen: dict[str, str] = {}
    for need in app.needs:
        place = Pointer((KEY, need.name))
        written = data[KEY][need.name]
        given = written if isinstance(written, Mapping) else {}
        found = [*_kind(need, place, source), *_sources(need, given, place, source)]
        yield from found
        if not found:
            yield from _facts(need, place, source)
            yield from _database(need, given, place, source)
        yield from _peers(given, place / "peers", source)
        yield from _names(app, need, place, source)
        yield from _alias(app, need, place, source)
        twice = next((variable for variable in need.env if variable in seen), "")
        if twice:
            yield source.problem(
                place / "env" / twice,
                f"the variable {twice!r} is already that of the need {seen[twice]!r}",
                hint="give one of them other names with env",
                code="env-twice",
                key=True,
            )
        seen = {**dict.fromkeys(need.env, need.name), **seen}
        yield from _used(app, need, place, source)


def _kind(need: Need, place: Pointer, source: Source) -> Iterator[Problem]:
    if not need.kind:
        near = meant(need.name, list(KINDS))
        yield source.problem(
            place,
            f"'kind' is missing, and no kind is called {need.name!r}{near}",
            hint="add for example kind: postgres",
            code="missing-key",
            key=True,
        )


def _sources(need: Need, given: Mapping[str, Any], place: Pointer, source: Source) -> Iterator[Problem]:
    """One of those who may bring it along, and nothing said that only another would need."""
    for fact in (Fact.HOST, Fact.DATABASE):
        if fact in given and fact in need.secret_keys and not need.operator:
            yield source.problem(
                place / fact,
                f"is in the Secret, too, below the key {need.secret_keys[fact]!r}",
                hint="remove one of the two",
                code="two-forms",
                key=True,
            )
    if need.operator and need.chart:
        yield source.problem(
            place / "chart",
            "cannot be combined with 'operator': one of them brings the need along",
            hint="remove one of the two",
            code="two-forms",
            key=True,
        )
        return
    if need.chart:
        for key, example in (("repository", "https://nats-io.github.io/k8s/helm/charts/"), ("version", "1.3.16")):
            if not getattr(need.chart, key):
                yield source.problem(
                    place / "chart", f"{key!r} is missing", hint=f"add: {key}: {example}", code="missing-key", key=True
                )
    yield from operated(need, given, place, source)


def _facts(need: Need, place: Pointer, source: Source) -> Iterator[Problem]:
    """Variables for what nobody knows."""
    known = facts(need)
    for variable, fact in need.env.items():
        if fact in known:
            continue
        said, hint = f"{fact.value} is not known of this need", f"known are {', '.join(known)}"
        if fact is Fact.URL and need.secret:
            said = "the URL would hold the password, in which '@' or '/' would break it"
            hint = f"name the key of the Secret that holds it, e.g. secret: {{name: {need.secret}, url: uri}}"
        yield source.problem(place / "env" / variable, said, hint=hint, code="unknown-fact")


def _database(need: Need, given: Mapping[str, Any], place: Pointer, source: Source) -> Iterator[Problem]:
    if "database" not in given:
        return
    if not KINDS[need.kind].databases:
        said, hint = f"{need.kind} has no databases with a name", "remove it"
    elif need.operator and not need.operator.storage:
        said, hint = "has no effect: the Secret of the existing cluster tells it", "remove it"
    else:
        return
    yield source.problem(place / "database", said, hint=hint, code="no-effect", key=True)


def _peers(given: Mapping[str, Any], place: Pointer, source: Source) -> Iterator[Problem]:
    """Ranges of addresses are ranges, and a range is nowhere in the cluster."""
    for index, peer in enumerate(given.get("peers", ())):
        below = peer if isinstance(peer, Mapping) else {}
        cidr = below.get("cidr", peer if isinstance(peer, str) and "/" in peer else "")
        if cidr:
            yield from address_range(source, place / index / "cidr", cidr)
        if "cidr" in below and len(below) > 1:
            yield source.problem(
                place / index,
                "is a range of addresses, and in the cluster as well",
                hint="write two peers",
                code="peer-forms",
                key=True,
            )


def _names(app: AppSpec, need: Need, place: Pointer, source: Source) -> Iterator[Problem]:
    """Workloads and needs are called by their names alike: in ``network``, in file names, in values."""
    if any(workload.name == need.name for workload in app.workloads):
        yield source.problem(
            place,
            f"{need.name!r} is a workload, too, and nobody could tell which of them is meant",
            hint="choose another name",
            code="name-twice",
            key=True,
        )


def _alias(app: AppSpec, need: Need, place: Pointer, source: Source) -> Iterator[Problem]:
    """The values of a subchart have a place of their own."""
    if not need.chart:
        return
    alias = need.chart.alias
    at = place / "chart" / "alias"
    others = [one.name for one in app.needs if one.chart and one.chart.alias == alias]
    if alias in TAKEN or any(workload.name == alias for workload in app.workloads if workload.name != need.name):
        whose = "of the chart" if alias in TAKEN else f"of the workload {alias!r}"
        yield source.problem(
            at,
            f"the values of the chart {need.chart.name} would stand below {alias!r}, where those {whose} stand",
            hint=f"call it something else, e.g. alias: {need.chart.name}-{alias}",
            code="alias-taken",
        )
    elif others[0] != need.name:
        yield source.problem(
            at,
            f"{alias!r} is already the alias of the need {others[0]!r}",
            hint="call one of them something else",
            code="alias-taken",
        )
    if "enabled" in need.chart.values:
        yield source.problem(
            place / "chart" / "values" / "enabled",
            "is not a value of the chart but what 'chart.enabled' says",
            hint="write it there",
            code="two-forms",
            key=True,
        )
    if not need.chart.enabled and not need.host:
        yield source.problem(
            place / "chart" / "enabled",
            "is false, and nothing says what takes the place of the chart",
            hint="say it with host, and secret if there is one",
            code="missing-key",
        )


def _used(app: AppSpec, need: Need, place: Pointer, source: Source) -> Iterator[Problem]:
    called = (peer.need for workload in app.workloads for peer in workload.network.to or ())
    if not any(need.name in used_needs(workload) for workload in app.workloads) and need.name not in called:
        yield source.problem(
            place,
            "no workload has it",
            hint="name it under needs of a workload, or remove it",
            code="no-effect",
            key=True,
            warning=True,
        )
