"""Debugging containers in a manifest."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.kube.access import PodSpec, items
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class EphemeralContainers(PodRule):
    """A pod is declared with ephemeral containers.

    ## Why
    Ephemeral containers exist to look into a pod that runs. They can be added only to one that exists, through
    `kubectl debug`: the API refuses every Pod that is created with them and every workload whose template has them.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
      ephemeralContainers: # here
        - name: shell
          image: example/shell:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
    ```
    """

    id = "ephemeral-containers"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("ephemeralContainers",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find ephemeral containers."""
        if items(pod.body, "ephemeralContainers"):
            yield self.fault(
                Place.on(obj, pod.at("ephemeralContainers"), key=True),
                "the pod declares ephemeral containers, which no API server accepts",
                help="remove them, and use kubectl debug on the running pod",
                fix=Fix("remove the ephemeral containers", (RemoveField(pod.at("ephemeralContainers")),)),
            )
