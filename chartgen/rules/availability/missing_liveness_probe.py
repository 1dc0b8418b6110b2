"""Containers that nobody restarts when they hang."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.availability._serving import ProbeOptions, without
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class MissingLivenessProbe(PodRule):
    """A container that a Service sends requests to has no liveness probe.

    ## Why
    A process that hangs without ending (a deadlock, a full queue) stays in its pod until somebody notices. A
    liveness probe makes the kubelet restart it. It must be lenient and ask nothing of other services: an impatient
    one restarts healthy pods when a dependency is slow, which is worse than none. That is why this
    rule only informs, and only in the strict profile.

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
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web # here
              image: example/web:1.2.0
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
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
              livenessProbe:
                httpGet:
                  path: /healthz
                  port: 80
                periodSeconds: 10
                failureThreshold: 6
    ```

    ## Options
    - `scope` (default `serving`): who needs the probe. `serving`: each container that a Service sends requests to;
      `pod`: one container of each pod that a Service selects; `all`: each main container.
    - `workloads` (default `controllers`): `controllers` judges Deployments, StatefulSets, DaemonSets and ReplicaSets,
      `pods` bare Pods too, `all` Jobs and CronJobs as well.
    - `any-probe` (default false): a container with another kind of probe is passed over.
    """

    id = "missing-liveness-probe"
    severity = Severity.INFO
    profile = Profile.STRICT
    hooks = False
    options: ProbeOptions = ProbeOptions()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask each container that is judged for a liveness probe."""
        for container, _ in without("livenessProbe", obj, pod, ctx, self.options):
            yield self.fault(
                Place.on(obj, container.at("livenessProbe")),
                f"{container.title} has no liveness probe: it is not restarted when it hangs",
                help="add a lenient livenessProbe that asks nothing of other services",
            )
