"""Accounts that may do everything in the cluster."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.rbac._grants import bound_role, grants
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which bindings count, and which roles."""

    roles: tuple[str, ...] = ("cluster-admin",)
    namespaced: bool = True
    equivalents: bool = False


class ClusterAdminBinding(ObjectRule):
    """A binding gives the role `cluster-admin`.

    ## Why
    Bound in the cluster, it is root on every node and over every Secret; bound in a namespace, over everything in
    it. Whoever gets into the pod has it. A role that lists what the program uses shows its users what they install.

    ## Options
    - `roles` (default `cluster-admin`): the ClusterRoles that nobody shall get.
    - `namespaced` (default true): report RoleBindings too.
    - `equivalents` (default false): report bindings of rendered roles that grant everything, too;
      `wildcard-permissions` reports the roles.

    ## Bad
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: cluster-admin # here
    subjects:
      - kind: ServiceAccount
        name: web
        namespace: default
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: view
    subjects:
      - kind: ServiceAccount
        name: web
        namespace: default
    ```
    """

    id = "cluster-admin-binding"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    options: Options = Options()
    kinds = frozenset({"RoleBinding", "ClusterRoleBinding"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the role that is bound."""
        if obj.kind == "RoleBinding" and not self.options.namespaced:
            return
        name = text(obj.body, "roleRef", "name")
        is_named = text(obj.body, "roleRef", "kind") == "ClusterRole" and name in self.options.roles
        if is_named or (self.options.equivalents and _is_equivalent(obj, ctx)):
            where = "the cluster" if obj.kind == "ClusterRoleBinding" else "the namespace"
            yield self.fault(
                Place.on(obj, Pointer(("roleRef", "name"))),
                f"gives its subjects every right in {where} ({name})",
                help="bind a role that lists what the program uses",
            )


def _is_equivalent(binding: RenderedObject, ctx: ScenarioContext) -> bool:
    """Whether a binding gives a rendered role that holds every verb on every resource of every group."""
    key, memory = ("roles by name", ctx.name), ctx.chart.memory
    if key not in memory:
        memory[key] = {}
        for role in ctx.of_kind("Role", "ClusterRole"):
            memory[key].setdefault((role.kind, role.name), []).append(role)
    roles: dict[tuple[str, str], list[RenderedObject]] = memory[key]
    return any(
        "*" in grant.groups and "*" in grant.resources and ("*" in grant.verbs or grant.verbs >= _ALL_VERBS)
        for role in roles.get(bound_role(binding), ())
        if role.kind == "ClusterRole" or binding.namespace == role.namespace
        for grant in grants(role)
    )


_ALL_VERBS = frozenset({"get", "list", "watch", "create", "update", "patch", "delete"})
