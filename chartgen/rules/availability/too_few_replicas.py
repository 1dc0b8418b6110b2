"""Workloads that are away whenever their one pod is."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import PodSpec, get, items, mapping, pod_spec
from chartgen.location import Pointer
from chartgen.rules.availability._scaling import Counting, autoscaler, counted
from chartgen.rules.availability._serving import selecting_services
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """How many pods are enough, and which workloads need them."""

    minimum: int = 2
    replicas: Counting = "least"
    kinds: tuple[str, ...] = ("Deployment",)
    served_only: bool = True
    skip_autoscaled: bool = True
    allow_single: bool = True
    in_ci: bool = False


class TooFewReplicas(ObjectRule):
    """A workload that a Service sends requests to runs too few pods.

    ## Why
    One pod is away while its node is drained, while it is moved and whenever it crashes. Two or more, on different
    nodes, answer in the meantime. A chart's defaults are often meant for a first try, so this is said in the strict
    profile, and not of the values in `ci/`. Workloads that cannot have a second pod (their strategy is `Recreate`, or
    they mount a claim) and those that an autoscaler scales are passed over.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 1 # here
      template:
        metadata:
          labels:
            app: web
        spec:
          containers: []
    ```

    ## Bad: a worker, of three
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: worker
    spec:
      replicas: 2 # here
      template:
        metadata:
          labels:
            app: worker
        spec:
          containers: []
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      too-few-replicas:
        minimum: 3
        served-only: false
        kinds: [Deployment, StatefulSet]
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
      template:
        metadata:
          labels:
            app: web
        spec:
          containers: []
    ```

    ## Options
    - `minimum` (default 2): the fewest pods that are enough.
    - `replicas` (default `least`): how pods are counted. `least`: an autoscaler's minimum, else the replicas; `spec`:
      the replicas alone, 1 when unset; `spec-or-many`: the replicas alone, and always enough when unset.
    - `kinds` (default `[Deployment]`): the kinds that are judged, of Deployment, StatefulSet, ReplicaSet,
      ReplicationController and DeploymentConfig.
    - `served-only` (default true): only workloads that a Service of the chart selects are judged.
    - `skip-autoscaled` (default true): workloads that an autoscaler scales are passed over.
    - `allow-single` (default true): so are those that cannot have a second pod.
    - `in-ci` (default false): the values in `ci/` are judged as well.
    """

    id = "too-few-replicas"
    severity = Severity.INFO
    profile = Profile.STRICT
    kinds = frozenset({"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "DeploymentConfig"})
    hooks = False
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Count the pods of what must not be away."""
        wanted = self.options
        if ctx.values_file.startswith("ci/") and not wanted.in_ci:
            return
        count = counted(obj, ctx, wanted.replicas, wanted.minimum)
        if obj.kind not in wanted.kinds or count is None or count >= wanted.minimum:
            return
        pod = pod_spec(obj.kind, obj.body)
        if wanted.served_only and not (pod and selecting_services(obj, pod, ctx)):
            return
        if wanted.skip_autoscaled and autoscaler(obj, ctx) is not None:
            return
        if wanted.allow_single and pod and _is_single(obj, pod):
            return
        at = Pointer(("spec", "replicas")) if "replicas" in mapping(obj.body, "spec") else Pointer(("metadata", "name"))
        yield self.fault(
            Place.on(obj, at),
            f"runs {count} {'pod' if count == 1 else 'pods'}, fewer than {wanted.minimum}",
            help=f"set replicas to {wanted.minimum} or more, or let an autoscaler do so",
            fix=Fix(
                f"run {wanted.minimum} pods", (SetField(Pointer(("spec", "replicas")), wanted.minimum),), safe=False
            ),
        )


def _is_single(obj: RenderedObject, pod: PodSpec) -> bool:
    """Whether a workload is made for one pod: it has a claim of its own, or stops before it starts."""
    claims = any(get(volume, "persistentVolumeClaim") for volume in items(pod.body, "volumes"))
    return get(obj.body, "spec", "strategy", "type") == "Recreate" or (obj.kind == "Deployment" and claims)
