"""Roles that Kubernetes refuses."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class InvalidRole(ObjectRule):
    """A rule of a Role or ClusterRole does not say what it is about, or says two things.

    ## Why
    The API server refuses the object: `resource rules must supply at least one api group` (ValidatePolicyRule). No
    schema says so. A rule is about resources, and then it needs `apiGroups` (`""` is the core) and `resources`; or it
    is about `nonResourceURLs`, alone and in a ClusterRole.

    ## Bad
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: web
    rules:
      - resources: [pods] # here
        verbs: [get]
      - nonResourceURLs: [/metrics] # here
        verbs: [get]
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get]
      - nonResourceURLs: [/metrics]
        verbs: [get]
    ```
    """

    id = "invalid-role"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"Role", "ClusterRole"})
    keys = ("rules",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at each rule; the schema asks for verbs, but takes none."""
        if obj.api_version.rpartition("/")[0] != "rbac.authorization.k8s.io":
            return
        for index, rule in enumerate(items(obj.body, "rules")):
            if isinstance(rule, dict):
                for said, cure in _wrong(obj.kind, rule):
                    yield self.fault(Place.on(obj, Pointer(("rules", index))), f"rule {index + 1} {said}", help=cure)


def _wrong(kind: str, rule: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if rule.get("verbs") == []:
        yield "has no verbs", "name at least one, or remove the rule"
    if rule.get("nonResourceURLs"):
        if kind == "Role":
            yield "is about nonResourceURLs, which a Role cannot grant", "put it into a ClusterRole"
        if any(rule.get(field) for field in ("apiGroups", "resources", "resourceNames")):
            yield "is about resources and nonResourceURLs", "make two rules of it"
        return
    if not rule.get("apiGroups"):
        yield "has no apiGroups", 'set apiGroups; [""] is the core group'
    if not rule.get("resources"):
        yield "has no resources", "name at least one, or remove the rule"
