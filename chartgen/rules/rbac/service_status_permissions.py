"""Roles that bend traffic."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import Profile
from chartgen.rules.rbac._grants import PermissionRule


class ServiceStatusPermissions(PermissionRule):
    """A role may write the status of Services.

    ## Why
    Whoever writes `status.loadBalancer.ingress.ip` makes the nodes send what is meant for that address to the Service
    (CVE-2020-8554, which is not fixed). Controllers of load balancers need it, nobody else.

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
        resources: [services, services/status] # here
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
        resources: [services]
        verbs: [get, list]
    ```
    """

    id = "service-status-permissions"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    groups = frozenset({""})
    resources = frozenset({"services/status"})
    verbs = frozenset({"update", "patch"})
    meaning = "may take traffic that is meant for other addresses"
    cure = "remove services/status"
