"""The old name of the field that names a pod's account."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RenameField
from chartgen.kube.access import WORKLOADS, pod_spec, text
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class DeprecatedServiceAccountField(ObjectRule):
    """A pod names its account in `serviceAccount`, which is deprecated, and not in `serviceAccountName`.

    ## Why
    The API server keeps `serviceAccount` as another name of `serviceAccountName` and gives both the same value. Where
    a template sets only the old one, tools that read the new one see a pod without an account; where they differ, the
    old one loses without a word.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          serviceAccount: web # here
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          serviceAccountName: web
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Good: both, and alike
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      serviceAccount: web
      serviceAccountName: web
      containers:
        - name: web
          image: example/web:1.2.0
    ```
    """

    id = "deprecated-service-account-field"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = WORKLOADS
    keys = ("serviceAccount",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the two fields of a pod."""
        pod = pod_spec(obj.kind, obj.body)
        if pod is None:
            return
        old, name = text(pod.body, "serviceAccount"), text(pod.body, "serviceAccountName")
        if not old or old == name:
            return
        at = pod.at("serviceAccount")
        if name:
            message = f"names its account {old!r} in serviceAccount, and {name!r} in serviceAccountName, which wins"
            yield self.fault(Place.on(obj, at, key=True), message, help="remove serviceAccount, which is deprecated")
        else:
            yield self.fault(
                Place.on(obj, at, key=True),
                f"names its account {old!r} in serviceAccount, which is deprecated",
                help="call the field serviceAccountName",
                fix=Fix("rename serviceAccount to serviceAccountName", (RenameField(at, "serviceAccountName"),)),
            )
