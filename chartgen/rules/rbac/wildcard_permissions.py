"""Roles that grant more than anybody has read."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.rbac._grants import Grant, grants
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Where a star is too much."""

    fields: tuple[str, ...] = ("apiGroups", "resources", "verbs")
    custom_groups: bool = False


class WildcardPermissions(ObjectRule):
    """A role grants everything of a kind: all verbs, all resources or all API groups.

    ## Why
    `*` covers what exists today and whatever is added tomorrow: Secrets, `pods/exec`, the verbs `escalate` and
    `impersonate`. Nobody can tell from such a role what the program does. The API groups of custom resources are
    not reported, since an operator may well own all of its own; so is a rule that only reads nonResourceURLs.

    ## Options
    - `fields` (default `apiGroups`, `resources`, `verbs`): where a star is reported.
    - `custom-groups` (default false): report rules over the API groups of custom resources, too.

    ## Bad
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: ["*"] # here
        verbs: [get, list]
      - apiGroups: ["*"] # here
        resources: ["*"]
        verbs: ["*"]
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get, list, watch]
      - apiGroups: [example.com]
        resources: ["*"]
        verbs: ["*"]
    ```
    """

    id = "wildcard-permissions"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    options: Options = Options()
    kinds = frozenset({"Role", "ClusterRole"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each rule once, however many stars it has; all three together are an error."""
        for grant in grants(obj):
            stars = [field for field in _FIELDS if field in self.options.fields and "*" in _names(grant, field)]
            if stars and (self.options.custom_groups or _concerns_kubernetes(grant)):
                yield self.fault(
                    Place.on(obj, grant.at(stars[0]), key=True),
                    f"grants {_said(grant, 'verbs')} on {_said(grant, 'resources')} of {_said(grant, 'apiGroups')}",
                    help="list what the program uses",
                    severity=Severity.ERROR if len(stars) == len(_FIELDS) else None,
                )


_FIELDS = {"apiGroups": "every API group", "resources": "every resource", "verbs": "every verb"}


def _names(grant: Grant, field: str) -> frozenset[str]:
    return {"apiGroups": grant.groups, "resources": grant.resources, "verbs": grant.verbs}[field]


def _said(grant: Grant, field: str) -> str:
    names = sorted(name or "the core group" for name in _names(grant, field))
    if "*" in names:
        return _FIELDS[field]
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _concerns_kubernetes(grant: Grant) -> bool:
    """Whether the rule reaches built-in resources; groups with a dot that are not Kubernetes' own are custom ones."""
    return any(group == "*" or "." not in group or group.endswith(".k8s.io") for group in grant.groups)
