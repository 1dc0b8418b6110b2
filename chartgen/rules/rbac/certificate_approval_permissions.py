"""Roles that make new users."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.rules.base import Fault, Profile, ScenarioContext
from chartgen.rules.rbac._grants import Grant, PermissionRule, grants


class CertificateApprovalPermissions(PermissionRule):
    """A role may approve certificates for anyone.

    ## Why
    A signed certificate is an identity: whoever approves requests can have one signed for an administrator or a node,
    and it cannot be taken back before it expires. Both rights are needed for it, to update the approval and to
    approve for the signer.

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
      name: approver
    rules:
      - apiGroups: [certificates.k8s.io]
        resources: [certificatesigningrequests/approval] # here
        verbs: [update]
      - apiGroups: [certificates.k8s.io]
        resources: [signers]
        verbs: [approve]
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: approver
    rules:
      - apiGroups: [certificates.k8s.io]
        resources: [certificatesigningrequests/approval]
        verbs: [update]
      - apiGroups: [certificates.k8s.io]
        resources: [signers]
        resourceNames: [example.com/web]
        verbs: [approve]
    ```
    """

    id = "certificate-approval-permissions"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"ClusterRole"})
    groups = frozenset({"certificates.k8s.io"})
    resources = frozenset({"certificatesigningrequests/approval"})
    verbs = frozenset({"update", "patch"})
    meaning = "may have certificates signed for any user"
    cure = "name the signers in resourceNames, or remove the right to approve"

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report the right to update approvals in a role that may approve as well."""
        if any(self._approves(grant) for grant in grants(obj)):
            yield from super().check(obj, ctx)

    def _approves(self, grant: Grant) -> bool:
        if grant.is_for_names and not self.options.named:
            return False
        signs = {"signers", "*"} if self.options.wildcards else {"signers"}
        return bool(grant.resources & signs and grant.verbs & {"approve", "*"} and grant.groups & (self.groups | {"*"}))
