"""Roles that hide their tracks."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import Profile
from chartgen.rules.rbac._grants import PermissionRule


class LogDeletionPermissions(PermissionRule):
    """A role may delete the logs of pods.

    ## Why
    What a pod wrote is often the only trace of what happened to it. There is no reason for a program to remove it.

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
        resources: [pods/log] # here
        verbs: [get, delete]
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [pods/log]
        verbs: [get]
    ```
    """

    id = "log-deletion-permissions"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    groups = frozenset({""})
    resources = frozenset({"pods/log"})
    verbs = frozenset({"delete", "deletecollection"})
    meaning = "may delete what pods have logged"
    cure = "remove delete"
