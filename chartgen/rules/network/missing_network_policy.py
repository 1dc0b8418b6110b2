"""Pods that everyone may talk to."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import CONTROLLERS, PodSpec, get, selects
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import namespace


class MissingNetworkPolicy(PodRule):
    """No NetworkPolicy of the chart selects a workload's pods.

    ## Why
    Without one, every pod of the cluster may connect to these pods and they to everything: one broken-into pod reaches
    all others. A policy of the chart knows best which connections are needed.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web # here
    spec:
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
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
        matchLabels:
          app: web
      policyTypes: [Ingress, Egress]
    ```
    """

    id = "missing-network-policy"
    severity = Severity.INFO
    profile = Profile.STRICT
    kinds = CONTROLLERS

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for a policy whose podSelector matches the pods; host-network pods are beyond every policy."""
        if get(pod.body, "hostNetwork") is True:
            return
        where = namespace(obj, ctx)
        for policy in ctx.of_kind("NetworkPolicy"):
            if namespace(policy, ctx) == where and selects(get(policy.body, "spec", "podSelector"), pod.labels):
                return
        yield self.fault(
            Place.on(obj, Pointer(("metadata", "name"))),
            "no NetworkPolicy of the chart selects its pods",
            help="add one that lets in and out what the application needs",
        )
