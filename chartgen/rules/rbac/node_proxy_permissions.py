"""Roles that reach into nodes."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import Profile
from chartgen.rules.rbac._grants import PermissionRule


class NodeProxyPermissions(PermissionRule):
    """A role may talk to the kubelets through the API server.

    ## Why
    `nodes/proxy` is the whole API of the kubelet: it runs commands in every pod of the node, past admission and the
    audit log, and a GET is enough for it. Programs that read metrics need `nodes/metrics` and `nodes/stats` only.

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
        resources: [nodes, nodes/proxy] # here
        verbs: [get, list]
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [nodes, nodes/metrics, nodes/stats]
        verbs: [get, list]
    ```
    """

    id = "node-proxy-permissions"
    severity = Severity.WARNING
    profile = Profile.STRICT
    kinds = frozenset({"ClusterRole"})
    groups = frozenset({""})
    resources = frozenset({"nodes/proxy"})
    verbs = frozenset({"get", "create", "update", "patch", "delete"})
    meaning = "may run commands in every pod of a node"
    cure = "ask for nodes/metrics, nodes/stats or nodes/log instead"
