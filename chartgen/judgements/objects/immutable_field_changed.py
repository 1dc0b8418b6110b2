"""The judgement: a field changed that Kubernetes does not let change."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.immutable import refused
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.compare.topics import topic
from chartgen.judgements.objects._alike import AlikeJudgement, Event
from chartgen.judgements.objects._told import summary

_OTHERS = frozenset(("selector", "claim-templates", "service-name"))
"""Topics of other judgements."""


class ImmutableFieldChanged(AlikeJudgement):
    """A field changed that Kubernetes does not let change.

    ## Why
    ``helm upgrade`` ends with the API server's error, and the object has to be deleted first: the clusterIP of a
    Service, the roleRef of a binding, the type of a Secret, most of a StatefulSet or of a claim.
    bitnami/elasticsearch asks to delete its headless Services, nats 1.0.0 lists its immutable fields. Selectors,
    claim templates, Jobs and service names have judgements of their own.

    ## Before
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: None # here
      selector: {app: web}
      ports: [{name: http, port: 80}]
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: 10.0.0.7 # here
      selector: {app: web}
      ports: [{name: http, port: 80}]
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: None
      selector: {app: web}
      ports: [{name: http, port: 80}, {name: admin, port: 81}]
    ```

    ## Before: a binding
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: web # here
    subjects: [{kind: ServiceAccount, name: web}]
    ```

    ## After: a binding
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: web-reader # here
    subjects: [{kind: ServiceAccount, name: web}]
    ```
    """

    id = "immutable-field-changed"
    level = Level.MAJOR
    hurts = "everyone who upgrades: Kubernetes refuses the change"
    advice = "delete the object before the upgrade, or leave the field as it was"
    renamed = False

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """Point at the first of the fields, and repeat what the API server says."""
        found = [one for one in refused(pair) if topic(pair.kind, one.change.path) not in _OTHERS]
        if found and pair.kind != "Job":
            changes = [one.change for one in found]
            told = summary(changes, masked=pair.kind == "Secret")
            yield Event(f"{told}; Kubernetes says: {found[0].words}", changes[0].old, changes[0].new)
