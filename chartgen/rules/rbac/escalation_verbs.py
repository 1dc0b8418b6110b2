"""Roles whose holders can give themselves more."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.rules.base import Fault, ObjectRule, Profile, ScenarioContext
from chartgen.rules.rbac._grants import Grant, bindings_of, grants, places
from chartgen.tuples import NamedTuple

_MEANING = {
    "bind": "may bind any role, to itself too",
    "escalate": "may put rights into a role that it does not have",
    "impersonate": "may act as somebody else",
}

_ROLES = (frozenset({"rbac.authorization.k8s.io", "*"}), frozenset({"roles", "clusterroles", "*"}))

_WHERE = {
    "bind": _ROLES,
    "escalate": _ROLES,
    "impersonate": (
        frozenset({"", "authentication.k8s.io", "*"}),
        frozenset({"users", "groups", "serviceaccounts", "uids", "*"}),
    ),
}
"""The API groups and the resources for which Kubernetes asks for each verb; userextras are resources by their keys."""


class Options(NamedTuple):
    """Which rules of a role count."""

    verbs: tuple[str, ...] = ("bind", "escalate", "impersonate")
    resources: tuple[str, ...] = ()
    wildcards: bool = False
    named: bool = False
    places: tuple[str, ...] = ("role",)


class EscalationVerbs(ObjectRule):
    """A role holds a verb with which its holder can get more rights.

    ## Why
    Kubernetes lets nobody hand out rights they do not hold. The verbs `bind`, `escalate` and `impersonate` lift
    that rule: their holder is cluster-admin in one step. Narrowed by `resourceNames` they are safe to give, and not
    reported.

    ## Options
    - `verbs` (default `bind`, `escalate`, `impersonate`): the verbs that are reported.
    - `resources` (default those for which Kubernetes asks for the verb): the resources on which they are reported.
    - `wildcards` (default false): take `*` for these verbs too; `wildcard-permissions` reports it anyway.
    - `named` (default false): report rules that `resourceNames` narrow to certain objects, too.
    - `places` (default `role`; `binding`): where it is reported: at the role, or at each binding of it.

    ## Bad
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: operator
    rules:
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [clusterroles]
        verbs: [create, bind, escalate] # here
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: operator
    rules:
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [clusterroles]
        verbs: [bind]
        resourceNames: [view]
    ```
    """

    id = "escalation-verbs"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    options: Options = Options()
    kinds = frozenset({"Role", "ClusterRole"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for the three verbs on the resources where they mean something."""
        for grant in grants(obj):
            if grant.is_for_names and not self.options.named:
                continue
            held = [verb for verb in _MEANING if verb in self.options.verbs and self._holds(grant, verb)]
            if not held:
                continue
            message = f"holds {' and '.join(held)}: whoever has it " + ", and ".join(_MEANING[verb] for verb in held)
            for place in places(obj, grant, bindings_of(obj, ctx), self.options.places, "verbs"):
                yield self.fault(place, message, help="remove the verb, or narrow the rule with resourceNames")

    def _holds(self, grant: Grant, verb: str) -> bool:
        """Whether a rule holds a verb where it means something."""
        if verb not in grant.verbs and not (self.options.wildcards and "*" in grant.verbs):
            return False
        groups, resources = _WHERE[verb]
        if self.options.resources:
            return bool(grant.groups & groups and grant.resources.intersection(self.options.resources))
        is_extra = verb == "impersonate" and any(name.startswith("userextras") for name in grant.resources)
        return bool(grant.groups & groups and (grant.resources & resources or is_extra))
