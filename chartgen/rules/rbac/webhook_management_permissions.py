"""Roles that sit between the users and the API."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import Profile
from chartgen.rules.rbac._grants import PermissionRule


class WebhookManagementPermissions(PermissionRule):
    """A role may write admission webhooks.

    ## Why
    A webhook sees every object that is sent to the API server, Secrets among them, and may change it. Whoever can
    write one reads and rules the cluster. A program that only renews the certificate of its own webhook needs
    `update` on that one, by `resourceNames`.

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
      - apiGroups: [admissionregistration.k8s.io]
        resources: [mutatingwebhookconfigurations] # here
        verbs: [get, create, update]
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules:
      - apiGroups: [admissionregistration.k8s.io]
        resources: [mutatingwebhookconfigurations]
        verbs: [get, update]
        resourceNames: [web]
    ```
    """

    id = "webhook-management-permissions"
    severity = Severity.WARNING
    profile = Profile.STRICT
    kinds = frozenset({"ClusterRole"})
    groups = frozenset({"admissionregistration.k8s.io"})
    resources = frozenset({"mutatingwebhookconfigurations", "validatingwebhookconfigurations"})
    verbs = frozenset({"create", "update", "patch", "delete", "deletecollection"})
    meaning = "may place itself before the API server"
    cure = "deploy the webhook with the chart, and name it in resourceNames"
