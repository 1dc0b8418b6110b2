"""Accounts that can read every Secret of the cluster."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import text
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.rbac._grants import grants

_READING = frozenset({"get", "list", "watch", "*"})


class ClusterWideSecretAccess(ObjectRule):
    """A role that is bound cluster-wide reads Secrets.

    ## Why
    Among the Secrets of a cluster are the tokens and keys of everything else in it: to read them all is to hold all
    other permissions. Most programs need their own, by name, in their own namespace. Those that must see all, such
    as ingress controllers, should say so in a suppression with a reason; only the strict profile asks.

    ## Bad
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [configmaps, secrets] # here
        verbs: [get, list]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: web
    subjects:
      - kind: ServiceAccount
        name: web
        namespace: default
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [secrets]
        resourceNames: [web-tls]
        verbs: [get]
    ```
    """

    id = "cluster-wide-secret-access"
    severity = Severity.WARNING
    profile = Profile.STRICT
    kinds = frozenset({"ClusterRole"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report rules over Secrets in roles that a ClusterRoleBinding of the chart binds."""
        if not any(text(binding.body, "roleRef", "name") == obj.name for binding in ctx.of_kind("ClusterRoleBinding")):
            return
        for grant in grants(obj):
            reads = grant.verbs & _READING and grant.groups & {"", "*"} and grant.resources & {"secrets", "*"}
            if reads and not grant.is_for_names:
                yield self.fault(
                    Place.on(obj, grant.at("resources"), key=True),
                    "reads every Secret of the cluster",
                    help="use a Role in the namespace, or name the Secrets in resourceNames",
                )
