"""Workloads that do not say which pods are theirs."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which kinds are judged besides those that the API refuses."""

    deployment_configs: bool = False


class MissingSelector(ObjectRule):
    """A workload has no selector.

    ## Why
    `spec.selector` is required since `apps/v1` and cannot be changed later: the API refuses a Deployment, StatefulSet,
    DaemonSet or ReplicaSet without one.

    ## Options
    - `deployment-configs` (default false): judge OpenShift's DeploymentConfig, too, which may do without a selector.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec: # here
      template:
        metadata:
          labels:
            app: web
        spec:
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
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "missing-selector"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "DeploymentConfig"})
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find a workload whose selector is absent or empty."""
        selector = mapping(obj.body, "spec", "selector")
        if obj.kind == "DeploymentConfig" and (selector or not self.options.deployment_configs):
            return
        if not selector.get("matchLabels") and not selector.get("matchExpressions"):
            yield self.fault(
                Place.on(obj, Pointer(("spec", "selector")), key=True),
                "has no selector",
                help="set spec.selector.matchLabels to labels that the pods carry",
            )
