"""Bindings for accounts nobody makes."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import find, namespace
from chartgen.rules.references._outside import OutsideOptions, is_missing, rendered


class BindingSubjectMissing(ObjectRule):
    """A binding grants its role to a ServiceAccount of the release that the chart does not render.

    ## Why
    The pods run as another account and are told `forbidden`. When the subject's namespace is another one than the
    account's, the binding is for an account of the same name that does not exist.

    ## Bad
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: view
    subjects:
      - kind: ServiceAccount
        name: {{ .Release.Name }}-web # here
        namespace: {{ .Release.Namespace }}
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: view
    subjects:
      - kind: ServiceAccount
        name: {{ .Release.Name }}-web
        namespace: {{ .Release.Namespace }}
    ---
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: {{ .Release.Name }}-web
    ```

    ## Options
    - `outside` (default true): accounts that the chart does not render are missed only when their name carries the
      release's. Otherwise every account must be rendered.
    """

    id = "binding-subject-missing"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    kinds = frozenset({"RoleBinding", "ClusterRoleBinding"})
    options: OutsideOptions = OutsideOptions()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look each account up among the rendered ones, in the namespace that the subject names."""
        for index, subject in enumerate(items(obj.body, "subjects")):
            name = text(subject, "name")
            where = text(subject, "namespace") or namespace(obj, ctx)
            if text(subject, "kind") != "ServiceAccount":
                continue
            if is_missing("ServiceAccount", name, where, ctx, self.options):
                elsewhere = find("ServiceAccount", name, "", ctx)
                key = "name" if elsewhere is None else "namespace"
                yield self.fault(
                    Place.on(obj, Pointer(("subjects", index, key))),
                    f"is for ServiceAccount {name!r}, which the chart does not render"
                    if elsewhere is None
                    else f"is for {name!r} in {where!r}, and the chart renders it in {namespace(elsewhere, ctx)!r}",
                    help=rendered("ServiceAccount", ctx) if elsewhere is None else "name the account's own namespace",
                )
