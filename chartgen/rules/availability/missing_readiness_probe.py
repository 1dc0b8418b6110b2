"""Containers that get requests before they can answer them."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.availability._serving import ProbeOptions, without
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class MissingReadinessProbe(PodRule):
    """A container that a Service sends requests to has no readiness probe.

    ## Why
    Without one a pod counts as ready the moment its process starts: each rollout and each restart sends requests to
    a program that is still loading, and a rolling update removes the old pods before the new ones can answer. Only
    containers behind a Service of the chart are asked for a probe; a port that is named for metrics does not count.

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
          targetPort: http
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
              ports:
                - name: http
                  containerPort: 8080
            - name: log-shipper
              image: example/shipper:1.2.0
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
          targetPort: http
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
              ports:
                - name: http
                  containerPort: 8080
              readinessProbe:
                httpGet:
                  path: /readyz
                  port: http
    ```

    ## Good: nobody sends it requests
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: worker
    spec:
      template:
        metadata:
          labels:
            app: worker
        spec:
          containers:
            - name: worker
              image: example/worker:1.2.0
    ```

    ## Options
    - `scope` (default `serving`): who needs the probe. `serving`: each container that a Service sends requests to;
      `pod`: one container of each pod that a Service selects; `all`: each main container.
    - `workloads` (default `controllers`): `controllers` judges Deployments, StatefulSets, DaemonSets and ReplicaSets,
      `pods` bare Pods too, `all` Jobs and CronJobs as well.
    - `any-probe` (default false): a container with another kind of probe is passed over.
    """

    id = "missing-readiness-probe"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    hooks = False
    options: ProbeOptions = ProbeOptions()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask each container that is judged for a readiness probe."""
        for container, service in without("readinessProbe", obj, pod, ctx, self.options):
            sends = f", and {service.ref} sends it requests" if service else ""
            yield self.fault(
                Place.on(obj, container.at("readinessProbe")),
                f"{container.title} has no readiness probe{sends}",
                help="add a readinessProbe that succeeds once the program can answer",
                related=((Place.on(service, key=True), "the Service that sends requests"),) if service else (),
            )
