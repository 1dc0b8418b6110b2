"""Accounts that can read every Secret of the cluster."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.rules.base import Fault, ObjectRule, Profile, ScenarioContext
from chartgen.rules.rbac._grants import bindings_of, grants, places
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which roles, and which rights."""

    verbs: tuple[str, ...] = ("get", "list", "watch")
    namespaced: bool = False
    named: bool = False
    places: tuple[str, ...] = ("role",)


class ClusterWideSecretAccess(ObjectRule):
    """A role that is bound cluster-wide reads Secrets.

    ## Why
    Among the Secrets of a cluster are the tokens and keys of everything else in it: to read them all is to hold all
    other permissions. Most programs need their own, by name, in their own namespace. Those that must see all, such
    as ingress controllers, should say so in a suppression with a reason; only the strict profile asks.

    ## Options
    - `verbs` (default `get`, `list`, `watch`): the rights that are reported.
    - `namespaced` (default false): report roles that are bound in a namespace, too.
    - `named` (default false): report rules that `resourceNames` narrow to certain Secrets, too.
    - `places` (default `role`; `binding`): where it is reported: at the role, or at each binding of it.

    ## Bad
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [configmaps, secrets] # here
        verbs: [get, list]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: web
    subjects:
      - kind: ServiceAccount
        name: web
        namespace: default
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [secrets]
        resourceNames: [web-tls]
        verbs: [get]
    ```
    """

    id = "cluster-wide-secret-access"
    severity = Severity.WARNING
    profile = Profile.STRICT
    options: Options = Options()
    kinds = frozenset({"ClusterRole", "Role"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report rules over Secrets in roles that a binding of the chart gives to somebody."""
        bindings = tuple(bindings_of(obj, ctx))
        scopes = {binding.kind for binding in bindings}
        if "ClusterRoleBinding" not in scopes and not (scopes and self.options.namespaced):
            return
        where = "the cluster" if "ClusterRoleBinding" in scopes else "the namespace"
        for grant in grants(obj):
            verbs = sorted(grant.verbs & {*self.options.verbs, "*"})
            reads = verbs and grant.groups & {"", "*"} and grant.resources & {"secrets", "*"}
            if reads and (self.options.named or not grant.is_for_names):
                what = "reads" if set(verbs) <= {"get", "list", "watch", "*"} else "may touch"
                for place in places(obj, grant, bindings, self.options.places):
                    yield self.fault(
                        place,
                        f"{what} every Secret of {where}",
                        help="use a Role in the namespace, or name the Secrets in resourceNames",
                    )
