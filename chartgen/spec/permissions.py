"""What pods may do with the cluster's API: as little as they need, or it is a mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.errors import Problem
from chartgen.spec.api_resources import CLUSTER_WIDE, RESOURCES, group_of
from chartgen.spec.model import Permission
from chartgen.spec.phrases import nearest, question
from chartgen.spec.scope import Scope

READ = ("get", "list", "watch")
WRITE = frozenset(("create", "update", "patch", "delete", "deletecollection"))


def permissions(given: Mapping[str, Any]) -> tuple[Permission, ...]:
    """The permissions of a workload, in the order of the spec."""
    return tuple(_permission(key, value) for key, value in given.items())


def _permission(key: str, value: Any) -> Permission:
    chosen: Mapping[str, Any] = value if isinstance(value, Mapping) else {"verbs": value}
    whole, slash, part = key.partition("/")
    name, _, group = whole.partition(".")
    verbs = READ if chosen["verbs"] == "read" else tuple(chosen["verbs"])
    return Permission(
        f"{name}{slash}{part}", group, verbs, tuple(chosen.get("names", ())), chosen.get("cluster", False)
    )


def written(permission: Permission) -> str:
    """A permission's key in the spec."""
    name, slash, part = permission.resource.partition("/")
    return f"{name}.{permission.group}{slash}{part}" if permission.group else permission.resource


_RBAC = "rbac.authorization.k8s.io"
_WEBHOOKS = "admissionregistration.k8s.io"
REFUSED: dict[tuple[str, str], tuple[frozenset[str], str]] = {
    **{(name, _RBAC): (WRITE, "whoever can change roles can give himself every right")
       for name in ("roles", "rolebindings", "clusterroles", "clusterrolebindings")},
    **{(name, _WEBHOOKS): (WRITE, "a webhook sees and changes everything that is sent to the API server")
       for name in ("mutatingwebhookconfigurations", "validatingwebhookconfigurations")},
    **dict.fromkeys(
        (("nodes/proxy", ""), ("pods/exec", ""), ("pods/attach", "")),
        (frozenset((*WRITE, *READ)), "it runs commands in the pods of others, with their rights and Secrets"),
    ),
    ("serviceaccounts/token", ""): (
        frozenset(("create",)), "the token of another account brings that account's rights"
    ),
    ("certificatesigningrequests/approval", "certificates.k8s.io"): (
        frozenset(("update", "patch")), "an approved certificate can be that of any user"
    ),
}  # fmt: skip
"""Rights that amount to all rights, and why. Source: Kubernetes, "Role Based Access Control Good Practices"."""


def refused(scope: Scope) -> Iterator[Problem]:
    """Rights that lead to others than those the spec names."""
    for permission in scope.workload.permissions:
        verbs, why = REFUSED.get((permission.resource, permission.group), (frozenset(), ""))
        if verbs.isdisjoint(permission.verbs):
            continue
        yield scope.problem(
            scope.at("permissions", written(permission)),
            f"is more than it looks like: {why}",
            hint="do without it; where it is meant, write the role under 'extra'",
            code="too-many-rights",
            key=True,
        )


def secrets(scope: Scope) -> Iterator[Problem]:
    """Secrets are read one by one: those of the neighbours are among them otherwise."""
    for permission in scope.workload.permissions:
        if (permission.resource, permission.group) != ("secrets", "") or permission.names:
            continue
        if set(permission.verbs).isdisjoint(READ):
            continue
        where = "all namespaces" if permission.cluster else "the namespace, also those of other applications"
        yield scope.problem(
            scope.at("permissions", "secrets"),
            f"reads every Secret of {where}",
            hint=f"name those it needs: {{verbs: [get], names: [{scope.app.name}-secrets]}}",
            code="every-secret",
            key=True,
            warning=not permission.cluster,
        )


def names(scope: Scope) -> Iterator[Problem]:
    """What names cannot limit, they do not seem to limit either."""
    for permission in scope.workload.permissions:
        place = scope.at("permissions", written(permission), "names")
        if permission.names and "deletecollection" in permission.verbs:
            yield scope.problem(
                place,
                "cannot limit deletecollection, which deletes without naming anything",
                hint="write delete instead",
                code="names-without-effect",
                key=True,
            )
        elif permission.names and permission.verbs == ("create",):
            yield scope.problem(
                place,
                "cannot limit create: a new object has no name yet when it is asked for",
                hint="remove names",
                code="names-without-effect",
                key=True,
            )


def resources(scope: Scope) -> Iterator[Problem]:
    """A role that names what does not exist grants nothing, and nobody says so."""
    for permission in scope.workload.permissions:
        name, slash, part = permission.resource.partition("/")
        known = RESOURCES.get(permission.group)
        if known is None or name in known:
            continue
        if part in RESOURCES.get(name, ()):  # apps/deployments, as one might write it
            near = f"{part}.{name}"
        else:
            near = _meant(name, permission.group)
            near = near and f"{near}{slash}{part}"
        where = f"the API group {permission.group!r}" if permission.group else "the core of the API"
        yield scope.problem(
            scope.at("permissions", written(permission)),
            f"there is no resource {name!r} in {where}{question(near)}",
            hint="" if near else "'kubectl api-resources' lists them: write NAME.GROUP",
            code="unknown-resource",
            key=True,
        )


def _meant(name: str, group: str) -> str:
    """The resource that was probably meant, with its group."""
    found = group_of(name)
    if found:
        return f"{name}.{found}"
    near = nearest(name, sorted(RESOURCES[group]))
    return f"{near}.{group}" if near and group else near


def cluster(scope: Scope) -> Iterator[Problem]:
    """What belongs to the cluster takes a ClusterRole, and that is said."""
    for permission in scope.workload.permissions:
        key = written(permission)
        if (permission.resource.partition("/")[0], permission.group) in CLUSTER_WIDE and not permission.cluster:
            verbs = ", ".join(permission.verbs)
            yield scope.problem(
                scope.at("permissions", key),
                "belongs to the cluster and not to a namespace, and a Role ends with its namespace",
                hint=f"say so: {{verbs: [{verbs}], cluster: true}}",
                code="cluster-resource",
                key=True,
            )


def reachable(scope: Scope) -> Iterator[Problem]:
    """Whoever may use the API has to reach it. Its address is the cluster's, so that the chart cannot know it."""
    to = scope.workload.network.to
    if scope.workload.permissions and to is not None and not any(peer.cidr for peer in to):
        yield scope.problem(
            scope.at("network", "to"),
            "leaves out the API server, which the permissions are for",
            hint="add its address, e.g. {cidr: 10.0.0.1/32, ports: [443, 6443]}",
            code="api-server-out-of-reach",
            key=True,
            warning=True,
        )
