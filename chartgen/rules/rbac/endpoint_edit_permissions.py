"""Roles that send traffic elsewhere."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import Profile
from chartgen.rules.rbac._grants import PermissionRule


class EndpointEditPermissions(PermissionRule):
    """A role may write Endpoints.

    ## Why
    Whoever edits Endpoints points a Service, and every Ingress before it, at addresses of other namespaces that they
    could not reach themselves (CVE-2021-25740). Kubernetes took the right out of its roles `edit` and `admin` for
    that.

    ## Options
    - `wildcards` (default false): report rules over the resource `*` too, which `wildcard-permissions` reports
      anyway.
    - `named` (default false): report rules that `resourceNames` narrow to certain objects, too.
    - `only-bound` (default false): report only roles that a binding of the chart gives to somebody.
    - `verbs` (default all that grant it): the verbs that count.
    - `places` (default `role`; `binding`): where it is reported: at the role, or at each binding of it.

    ## Bad
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [endpoints] # here
        verbs: [get, update]
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [endpoints]
        verbs: [get, list, watch]
    ```
    """

    id = "endpoint-edit-permissions"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    groups = frozenset({"", "discovery.k8s.io"})
    resources = frozenset({"endpoints", "endpointslices"})
    verbs = frozenset({"create", "update", "patch"})
    meaning = "may point Services at addresses of other namespaces"
    cure = "remove the verbs that write"
