"""Roles that open a shell in pods."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import Profile
from chartgen.rules.rbac._grants import PermissionRule


class PodExecPermissions(PermissionRule):
    """A role may run commands in the pods of others.

    ## Why
    Whoever may `exec` or `attach` has everything that the pods have: their Secrets, their account, their network.
    Reading it is enough: an exec is begun with a GET as well. A program that manages pods of its own seldom needs it;
    a backup tool that runs hooks says so in a suppression.

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
        resources: [pods, pods/exec] # here
        verbs: [get, create]
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get, list, watch]
    ```
    """

    id = "pod-exec-permissions"
    severity = Severity.WARNING
    profile = Profile.STRICT
    groups = frozenset({""})
    resources = frozenset({"pods/exec", "pods/attach"})
    verbs = frozenset({"create", "get"})
    meaning = "may run commands in pods"
    cure = "remove pods/exec and pods/attach"
