"""Workloads whose number of pods two parties set."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, OmitField
from chartgen.kube.access import mapping
from chartgen.location import Pointer
from chartgen.rules.availability._scaling import autoscaler
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class ReplicasBesideHpa(ObjectRule):
    """A workload renders `replicas` although an autoscaler sets them.

    ## Why
    Every upgrade sets the number back to what the chart says, in the middle of the load the autoscaler had
    answered; with server-side apply, Helm 4's default, the upgrade fails with a conflict over `.spec.replicas`.
    Charts that render either one or the other (`if not .Values.autoscaling.enabled`) have neither problem. KEDA's
    ScaledObject is an autoscaler too.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: {{ .Values.replicaCount }} # here
      template:
        spec:
          containers: []
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
      minReplicas: 2
      maxReplicas: 5
    ```
    ```yaml
    # values.yaml
    replicaCount: 2
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      {{- if not .Values.autoscaling.enabled }}
      replicas: {{ .Values.replicaCount }}
      {{- end }}
      template:
        spec:
          containers: []
    {{- if .Values.autoscaling.enabled }}
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
      minReplicas: 2
      maxReplicas: 5
    {{- end }}
    ```
    ```yaml
    # values.yaml
    replicaCount: 2
    autoscaling:
      enabled: true
    ```
    """

    id = "replicas-beside-hpa"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"})
    hooks = False
    keys = ("replicas",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for an autoscaler that targets a workload with ``replicas``."""
        count = mapping(obj.body, "spec").get("replicas")
        if count is None:
            return
        scaler = autoscaler(obj, ctx)
        if scaler is not None:
            target = Place.on(scaler, Pointer(("spec", "scaleTargetRef")), key=True)
            yield self.fault(
                Place.on(obj, Pointer(("spec", "replicas"))),
                f"renders replicas: {count} although {scaler.ref} scales it",
                help="render replicas only when autoscaling is off",
                fix=Fix(
                    "render replicas only without the autoscaler",
                    (OmitField(Pointer(("spec", "replicas")), scaler.source),),
                    safe=False,
                ),
                related=((target, "the autoscaler's target"),),
            )
