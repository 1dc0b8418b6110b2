"""Roles that change configuration."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import Profile
from chartgen.rules.rbac._grants import PermissionRule


class ConfigmapManagementPermissions(PermissionRule):
    """A role may write every ConfigMap in reach.

    ## Why
    ConfigMaps configure other programs, the cluster's DNS among them, and on EKS who its administrators are
    (`aws-auth`). Programs that elect a leader or keep state in one of their own should name it in `resourceNames`, or
    use a Lease.

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
    kind: Role
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [configmaps] # here
        verbs: [get, create, update]
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get, update]
        resourceNames: [web-state]
    ```
    """

    id = "configmap-management-permissions"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    groups = frozenset({""})
    resources = frozenset({"configmaps"})
    verbs = frozenset({"create", "update", "patch", "delete", "deletecollection"})
    meaning = "may change the configuration of others"
    cure = "name the ConfigMaps in resourceNames, or use a Lease to elect a leader"
