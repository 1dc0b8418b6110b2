"""Roles that rewire the network."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import Profile
from chartgen.rules.rbac._grants import PermissionRule


class NetworkManagementPermissions(PermissionRule):
    """A role may write Services, Ingresses or NetworkPolicies.

    ## Why
    They decide who reaches whom: a Service can be pointed at another pod, an Ingress can take a host name, a
    NetworkPolicy can be removed. A house may want to know of each program that may.

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
      - apiGroups: [networking.k8s.io]
        resources: [ingresses] # here
        verbs: [get, create, update]
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: web
    rules:
      - apiGroups: [networking.k8s.io]
        resources: [ingresses]
        verbs: [get, list, watch]
    ```
    """

    id = "network-management-permissions"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    groups = frozenset({"", "networking.k8s.io", "discovery.k8s.io", "extensions"})
    resources = frozenset({"services", "endpoints", "endpointslices", "networkpolicies", "ingresses"})
    verbs = frozenset({"create", "update", "patch", "delete", "deletecollection"})
    meaning = "may change who reaches whom"
    cure = "remove the verbs that write"
