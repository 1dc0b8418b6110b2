"""Bindings that grant nothing."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import find, namespace
from chartgen.rules.references._outside import OutsideOptions, is_missing, rendered


class RoleRefMissing(ObjectRule):
    """A binding refers to a Role or ClusterRole of the release that the chart does not render.

    ## Why
    The API accepts the binding, which grants nothing: the program is told `forbidden`, and only once it asks. A
    RoleBinding finds a Role in its own namespace only. What a binding refers to cannot be changed later, so an upgrade
    that corrects it is refused.

    ## Bad
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: {{ .Release.Name }}-reader # here
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
      name: {{ .Release.Name }}-reader
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: {{ .Release.Name }}-reader
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: system:auth-delegator
    ```

    ## Options
    - `outside` (default true): roles that the chart does not render are missed only when their name carries the
      release's. Otherwise all must be rendered but those that Kubernetes brings.
    """

    id = "role-ref-missing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"RoleBinding", "ClusterRoleBinding"})
    options: OutsideOptions = OutsideOptions()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look the role up among the rendered ones; a ClusterRole is in no namespace."""
        kind, name = text(obj.body, "roleRef", "kind"), text(obj.body, "roleRef", "name")
        if kind not in ("Role", "ClusterRole") or (kind == "ClusterRole" and _is_built_in(name)):
            return
        where = namespace(obj, ctx) if kind == "Role" else ""
        if is_missing(kind, name, where, ctx, self.options):
            elsewhere = find(kind, name, "", ctx)
            yield self.fault(
                Place.on(obj, Pointer(("roleRef", "name"))),
                f"refers to {kind} {name!r}, which the chart does not render"
                if elsewhere is None
                else f"refers to {kind} {name!r}, which is in namespace {namespace(elsewhere, ctx)!r}",
                help=rendered(kind, ctx) if elsewhere is None else "render both in the same namespace",
            )


def _is_built_in(name: str) -> bool:
    return name in ("admin", "cluster-admin", "edit", "view") or name.startswith("system:")
