"""Roles that change roles."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import Profile
from chartgen.rules.rbac._grants import PermissionRule


class RoleManagementPermissions(PermissionRule):
    """A role may write roles or bindings.

    ## Why
    Kubernetes lets nobody hand out more than they hold, but whoever writes bindings can give what they hold to
    everyone, and can take rights from others. Operators that make accounts for what they deploy need it; the roles
    they may bind should be named with the verb `bind`.

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
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [roles, rolebindings] # here
        verbs: [get, create, update]
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules:
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [roles, rolebindings]
        verbs: [get, list, watch]
    ```
    """

    id = "role-management-permissions"
    severity = Severity.WARNING
    profile = Profile.STRICT
    groups = frozenset({"rbac.authorization.k8s.io"})
    resources = frozenset({"roles", "clusterroles", "rolebindings", "clusterrolebindings"})
    verbs = frozenset({"create", "update", "patch", "delete", "deletecollection"})
    meaning = "may change who may do what"
    cure = "remove the verbs that write, or deploy the roles with the chart"
