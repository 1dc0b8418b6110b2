"""The rules of the roles a workload's permissions become."""

from __future__ import annotations

from typing import Any

from chartgen.spec.model import Permission

UNNAMED = ("create",)
"""Verbs that ``resourceNames`` cannot limit: a new object has no name yet when it is asked for (Kubernetes, "Using
RBAC Authorization", Referring to resources)."""

Rule = dict[str, Any]


def role_rules(permissions: tuple[Permission, ...], *, cluster: bool) -> tuple[Rule, ...]:
    """The rules of the Role, or of the ClusterRole. Resources that allow the same stand in one rule."""
    same: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for permission in permissions:
        if permission.cluster is not cluster:
            continue
        for verbs, names in _parts(permission):
            same.setdefault((permission.group, verbs, names), []).append(permission.resource)
    return tuple(_rule(group, resources, verbs, names) for (group, verbs, names), resources in same.items())


def _parts(permission: Permission) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The verbs with the names that limit them."""
    if not permission.names:
        return [(permission.verbs, ())]
    free = tuple(verb for verb in permission.verbs if verb in UNNAMED)
    limited = tuple(verb for verb in permission.verbs if verb not in UNNAMED)
    return [part for part in ((free, ()), (limited, permission.names)) if part[0]]


def _rule(group: str, resources: list[str], verbs: tuple[str, ...], names: tuple[str, ...]) -> Rule:
    rule: Rule = {"apiGroups": [group], "resources": resources}
    if names:
        rule["resourceNames"] = list(names)
    return {**rule, "verbs": list(verbs)}
