"""Permissions that others get unasked."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import text
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.rbac._grants import subjects

_FOR_ALL = frozenset({"system:public-info-viewer", "system:discovery", "system:service-account-issuer-discovery"})
"""Roles that Kubernetes itself gives to everyone."""

_CROWDS = {
    "system:anonymous": "everyone who reaches the API, without a password",
    "system:unauthenticated": "everyone who reaches the API, without a password",
    "system:authenticated": "every user and every pod of the cluster",
    "system:serviceaccounts": "every pod of the cluster",
    "system:masters": "administrators whom no role and no policy holds back",
}

_ANYONE = frozenset({"system:anonymous", "system:unauthenticated", "system:masters"})


class SharedAccountPermissions(ObjectRule):
    """A binding gives permissions to an account that others share.

    ## Why
    Pods without an account of their own run as `default`. What it may do, every such pod of the namespace may, of
    this chart and of any other. The groups `system:authenticated` and `system:unauthenticated` reach further still.
    A ServiceAccount of its own costs four lines.

    ## Bad
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: web
    subjects:
      - kind: ServiceAccount
        name: default # here
      - kind: Group
        apiGroup: rbac.authorization.k8s.io
        name: system:authenticated # here
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: web
    subjects:
      - kind: ServiceAccount
        name: web
    ```
    """

    id = "shared-account-permissions"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"RoleBinding", "ClusterRoleBinding"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for subjects that stand for many."""
        if text(obj.body, "roleRef", "name") in _FOR_ALL:
            return
        for kind, name, at in subjects(obj):
            if kind == "ServiceAccount" and name == "default":
                who = "ServiceAccount 'default', which every pod without an account of its own uses"
            elif kind in ("Group", "User") and name in _CROWDS:
                who = f"{kind} {name!r}: {_CROWDS[name]}"
            elif kind == "Group" and name.startswith("system:serviceaccounts:"):
                who = f"{kind} {name!r}: every pod of namespace {name.rpartition(':')[2]!r}"
            else:
                continue
            yield self.fault(
                Place.on(obj, at),
                f"gives its role to {who}",
                severity=Severity.ERROR if name in _ANYONE else None,
                help="make a ServiceAccount for the program and bind the role to it",
            )
