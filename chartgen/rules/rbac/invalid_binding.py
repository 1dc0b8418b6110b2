"""Bindings that Kubernetes refuses."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get, items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class InvalidBinding(ObjectRule):
    """A ClusterRoleBinding names a ServiceAccount without its namespace, or a Role.

    ## Why
    The API server refuses the object: `subjects[0].namespace: Required value` (ValidateRoleBindingSubject,
    ValidateClusterRoleBinding). No schema says so. A RoleBinding's accounts are those of its own namespace when it does
    not say; a ClusterRoleBinding has none, and it grants ClusterRoles only.

    ## Bad
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
      - kind: ServiceAccount # here
        name: web
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
        namespace: {{ .Release.Namespace }}
    ```
    """

    id = "invalid-binding"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"ClusterRoleBinding", "RoleBinding"})
    keys = ("subjects", "roleRef")

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at what is granted, and at each account."""
        if obj.api_version.rpartition("/")[0] != "rbac.authorization.k8s.io":
            return
        allowed = ("ClusterRole",) if obj.kind == "ClusterRoleBinding" else ("Role", "ClusterRole")
        role = text(obj.body, "roleRef", "kind")
        if role and role not in allowed:
            place = Place.on(obj, Pointer(("roleRef", "kind")))
            yield self.fault(place, f"grants a {role}", help=f"grant a {' or '.join(allowed)}")
        for index, subject in enumerate(items(obj.body, "subjects")):
            if (
                obj.kind == "ClusterRoleBinding"
                and get(subject, "kind") == "ServiceAccount"
                and get(subject, "namespace") in (None, "")
            ):
                yield self.fault(
                    Place.on(obj, Pointer(("subjects", index))),
                    f"names ServiceAccount {text(subject, 'name')!r} without its namespace",
                    help="set namespace: {{ .Release.Namespace }}",
                )
