"""Roles that start programs."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import Profile
from chartgen.rules.rbac._grants import PermissionRule


class WorkloadCreationPermissions(PermissionRule):
    """A role may create pods, or workloads that make pods.

    ## Why
    A pod may mount any Secret of its namespace and run as any of its service accounts: whoever may create one has the
    rights of all of them. Operators and CI runners need it for their living; a house may want to know of each.

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
      - apiGroups: [apps]
        resources: [deployments] # here
        verbs: [get, list, create]
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: web
    rules:
      - apiGroups: [apps]
        resources: [deployments]
        verbs: [get, list, watch]
    ```
    """

    id = "workload-creation-permissions"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    groups = frozenset({"", "apps", "batch"})
    resources = frozenset(
        {
            "pods",
            "deployments",
            "statefulsets",
            "replicasets",
            "daemonsets",
            "replicationcontrollers",
            "jobs",
            "cronjobs",
        }
    )
    verbs = frozenset({"create"})
    meaning = "may create pods"
    cure = "remove create, or use a Role in a namespace of its own"
