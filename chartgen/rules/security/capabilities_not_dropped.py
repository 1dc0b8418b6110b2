"""Containers that keep the capabilities their runtime hands out."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import Container, PodSpec
from chartgen.rules.base import Fault, Place, Profile
from chartgen.rules.security._restricted import HardeningRule


class CapabilitiesNotDropped(HardeningRule):
    """A container keeps the Linux capabilities its runtime gives by default.

    ## Why
    Runtimes give a container about fourteen capabilities: forging packets, changing owners, binding low ports.
    Few services need any of them. Dropping `ALL` and adding back what is needed leaves an intruder less; Pod Security
    `restricted` asks for it and allows only `NET_BIND_SERVICE` to be added.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web # here
              image: example/web:1.2.0
            - name: proxy
              image: example/proxy:1.2.0
              securityContext:
                capabilities:
                  drop: # here
                    - NET_RAW
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
              securityContext:
                capabilities:
                  drop: [ALL]
                  add: [NET_BIND_SERVICE]
    ```
    """

    id = "capabilities-not-dropped"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check_container(self, obj: RenderedObject, pod: PodSpec, container: Container) -> Iterator[Fault]:
        """Look for ``ALL`` among the dropped; a privileged container has them all whatever it drops."""
        if "ALL" in container.dropped or container.security.get("privileged") is True:
            return
        what = f"drops only {', '.join(container.dropped)}" if container.dropped else "drops no capabilities"
        yield self.fault(
            Place.on(obj, container.at("securityContext", "capabilities", "drop"), key=True),
            f"{container.title} {what}",
            help="set securityContext.capabilities.drop: [ALL] and add back what the program needs",
        )
