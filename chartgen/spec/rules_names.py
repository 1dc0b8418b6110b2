"""Names of the chart's objects that are put together from two names, and may come out alike.

``a`` with the volume ``b-c`` and ``a-b`` with the volume ``c`` would both have the claim ``<release>-a-b-c``: Helm
refuses to install the second, or lets one replace the other. Authentications of triggers: ``rules_trigger_access``.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.model import AppSpec, Workload
from chartgen.spec.model_kinds import Kind
from chartgen.spec.model_needs import Need
from chartgen.spec.model_volumes import Storage
from chartgen.spec.source import Source
from chartgen.tuples import NamedTuple

_SERVICES = {"postgres": ("-rw", "-ro", "-r"), "rabbitmq": ("", "-nodes")}
"""Ends of the names of the Services that an operator makes for its cluster.

Sources: CloudNativePG, "Service management"; RabbitMQ's "Using Kubernetes Cluster Operator".
"""


class _Made(NamedTuple):
    """An object: what it is, how its name ends, whose it is, and the place of the spec that asks for it."""

    kind: str
    name: str
    owner: str
    place: Pointer


def alike(app: AppSpec, source: Source) -> Iterator[Problem]:
    """Objects of one kind that would have one name."""
    seen: dict[tuple[str, str], _Made] = {}
    for made in _objects(app, source):
        other = seen.setdefault((made.kind, made.name), made)
        if other is not made:
            yield source.problem(
                made.place,
                f"its {made.kind} would be called {app.name}-{made.name}, as is that of {other.owner}",
                hint="choose another name",
                code="object-twice",
                key=True,
            )


def _objects(app: AppSpec, source: Source) -> Iterator[_Made]:
    """What is made, that of needs first: a workload is renamed more easily."""
    for need in app.needs:
        yield from _clusters(need)
    secrets: set[str] = set()
    for workload in app.workloads:
        if not app.single:
            yield from _of_workload(workload)
        for use in workload.secrets:
            if (use.external or use.required) and use.name not in secrets:
                secrets.add(use.name)
                own = Pointer(("workloads", workload.name, "secrets", use.name))
                place = own if source.existing(own) == own else Pointer(("secrets", use.name))
                yield _Made("Secret", use.name.replace(".", "-"), f"the secret {use.name!r}", place)


def _clusters(need: Need) -> Iterator[_Made]:
    if need.operator:
        owner, place = f"the need {need.name!r}", Pointer(("needs", need.name))
        for end in _SERVICES.get(need.kind, ()):
            yield _Made("Service", f"{need.name}{end}", owner, place)
        # Monitors and alerts of the cluster are in files of their own, which begin so.
        yield _Made("PrometheusRule", f"{need.name}-cluster", owner, place)


def _of_workload(w: Workload) -> Iterator[_Made]:
    owner, place = f"the workload {w.name!r}", Pointer(("workloads", w.name))
    yield _Made("PrometheusRule", w.name, owner, place)
    if w.ports and w.service is not None:
        yield _Made("Service", w.name, owner, place)
    if w.kind is Kind.STATEFUL_SET:
        yield _Made("Service", f"{w.name}-headless", owner, place)
    else:
        for volume in w.volumes:
            if volume.storage is Storage.CLAIM:
                at = place / "volumes" / volume.path
                yield _Made("PersistentVolumeClaim", f"{w.name}-{volume.name}", owner, at)
