"""Accounts that may do everything in the cluster."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class ClusterAdminBinding(ObjectRule):
    """A binding gives the role `cluster-admin`.

    ## Why
    Bound in the cluster, it is root on every node and over every Secret; bound in a namespace, over everything in
    it. Whoever gets into the pod has it. A role that lists what the program uses shows its users what they install.

    ## Bad
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: cluster-admin # here
    subjects:
      - kind: ServiceAccount
        name: web
        namespace: default
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: view
    subjects:
      - kind: ServiceAccount
        name: web
        namespace: default
    ```
    """

    id = "cluster-admin-binding"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"RoleBinding", "ClusterRoleBinding"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the role that is bound."""
        if text(obj.body, "roleRef", "kind") == "ClusterRole" and text(obj.body, "roleRef", "name") == "cluster-admin":
            where = "the cluster" if obj.kind == "ClusterRoleBinding" else "the namespace"
            yield self.fault(
                Place.on(obj, Pointer(("roleRef", "name"))),
                f"gives its subjects every right in {where} (cluster-admin)",
                help="bind a role that lists what the program uses",
            )
