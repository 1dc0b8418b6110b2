"""The judgement: a role allows more than before, or binds more accounts."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._rbac import AGGREGATES, beyond, gathers, joins, permissions, subjects, told
from chartgen.location import Pointer


class PermissionsWidened(PairJudgement):
    """A role allows more than before, or binds more accounts.

    ## Why
    Nothing stops working, but reviewers have to see it, and whoever installs needs the same rights. external-dns
    1.18.0 added EndpointSlices in a minor version. Permissions are compared one by one, so that rules may be split
    or ordered otherwise. A role that joins one of Kubernetes' own (``aggregate-to-edit``) gives them to everyone who
    has that.

    ## Before
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules: # here
      - apiGroups: [""]
        resources: [pods]
        verbs: [get, list]
    ```

    ## After
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules: # here
      - apiGroups: [""]
        resources: [pods]
        verbs: [get, list, delete]
    ```

    ## Not this
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [list, get]
    ```

    ## Before: for everyone who may edit
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
      labels: {app: web}
    rules: # here
      - apiGroups: [example.com]
        resources: [widgets]
        verbs: [get, list]
    ```

    ## After: for everyone who may edit
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
      labels:
        app: web
        rbac.authorization.k8s.io/aggregate-to-edit: "true" # here
    rules:
      - apiGroups: [example.com]
        resources: [widgets]
        verbs: [get, list]
    ```
    """

    id = "permissions-widened"
    level = Level.MINOR
    hurts = "those whose reviewers or installers must agree"
    advice = "say what needs it"
    kinds = frozenset({"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"})
    renamed = True

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at the rules, or at the subjects of a binding."""
        old, new = permissions(pair.old.body), permissions(pair.new.body)
        found = list(beyond(new, old))
        if found and not gathers(pair.old.body):
            flag = "; mind this one" if any(one.is_dangerous for one in found) else ""
            at = Pointer(("rules",))
            text = f"may also {told(found)}{flag}"
            yield self.verdict(text, old=At.on(pair.old, at), new=At.on(pair.new, at))
        if gathers(pair.new.body) and pair.under("aggregationRule"):
            at = Pointer(("aggregationRule",))
            text = "allows what the roles allow that it selects, which are others now"
            yield self.verdict(text, old=At.on(pair.old, Pointer(("rules",))), new=At.on(pair.new, at))
        came = [one for one in joins(pair.new) if one not in joins(pair.old)]
        if came:
            at = Pointer(("metadata", "labels", f"{AGGREGATES}{came[0]}"))
            text = f"whoever has the role {' or '.join(came)} may do what it allows"
            yield self.verdict(text, old=At.on(pair.old, Pointer(("rules",))), new=At.on(pair.new, at))
        known = subjects(pair.old.body)
        more = [one for one in subjects(pair.new.body) if one not in known]
        if more and pair.under("subjects"):
            at = Pointer(("subjects",))
            text = f"also binds {', '.join(more)}"
            yield self.verdict(text, old=At.on(pair.old, at), new=At.on(pair.new, at))
