"""The judgement: a role allows less than before, or binds fewer accounts."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._rbac import AGGREGATES, beyond, gathers, joins, permissions, subjects, told
from chartgen.location import Pointer


class PermissionsNarrowed(PairJudgement):
    """A role allows less than before, or binds fewer accounts.

    ## Why
    Plug-ins and users' own workloads that run under the account may have relied on it: traefik 14.0.0 and kube-
    state-metrics 7.0.0 took a major version for it, external-dns 1.19.0 a minor one, and so do we.

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
        verbs: [get]
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
        verbs: ["*"]
    ```
    """

    id = "permissions-narrowed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "those who use the account for something else"
    advice = "say what is no longer allowed"
    kinds = frozenset({"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"})
    renamed = True

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at the rules, or at the subjects of a binding."""
        old, new = permissions(pair.old.body), permissions(pair.new.body)
        found = list(beyond(old, new))
        if found and not gathers(pair.new.body):
            at = Pointer(("rules",))
            text = f"may no longer {told(found)}"
            yield self.verdict(text, old=At.on(pair.old, at), new=At.on(pair.new, at))
        gone = [one for one in joins(pair.old) if one not in joins(pair.new)]
        if gone:
            at = Pointer(("metadata", "labels", f"{AGGREGATES}{gone[0]}"))
            text = f"whoever has the role {' or '.join(gone)} may no longer do what it allows"
            yield self.verdict(text, old=At.on(pair.old, at), new=At.on(pair.new, Pointer(("rules",))))
        known = subjects(pair.new.body)
        less = [one for one in subjects(pair.old.body) if one not in known]
        if less and pair.under("subjects"):
            at = Pointer(("subjects",))
            text = f"no longer binds {', '.join(less)}"
            yield self.verdict(text, old=At.on(pair.old, at), new=At.on(pair.new, at))
