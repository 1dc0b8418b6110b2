"""Pods with an /etc/hosts of their own."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class HostAliases(PodRule):
    """A pod writes names into its `/etc/hosts`.

    ## Why
    What stands there beats the cluster's DNS, so a pod can be led to another server without anybody seeing it in a
    Service, and an address that changes is not followed. A Service of type ExternalName, or one with Endpoints, says
    the same for everyone.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          hostAliases: # here
            - ip: 10.1.2.3
              hostnames: [db.example.com]
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
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "host-aliases"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    keys = ("hostAliases",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find host aliases."""
        if items(pod.body, "hostAliases"):
            yield self.fault(
                Place.on(obj, pod.at("hostAliases"), key=True),
                "the pod has names in its /etc/hosts that the cluster does not know",
                help="use a Service of type ExternalName, or the cluster's DNS",
            )
