"""Containers that listen where only root may."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which ports are low."""

    below: int = 1024


class PrivilegedPort(PodRule):
    """A container listens on a port that takes rights to open.

    ## Why
    Below 1024 a process needs root, the capability `NET_BIND_SERVICE` or a sysctl of its pod. Since a Service can
    offer any port in front of a container, a container has no need for a low one, and a house may want none.

    ## Options
    - `below` (default 1024): the first port that is free to all.

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
            - name: web
              image: example/web:1.2.0
              ports:
                - containerPort: 80 # here
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
              ports:
                - containerPort: 8080
    ```
    """

    id = "privileged-port"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    keys = ("containerPort",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the ports each container declares."""
        for container in pod.containers:
            for index, port in enumerate(container.ports):
                number = port.get("containerPort")
                if isinstance(number, int) and 0 < number < self.options.below:
                    yield self.fault(
                        Place.on(obj, container.at("ports", index, "containerPort")),
                        f"{container.title} listens on port {number}, below {self.options.below}",
                        help="listen on a higher port, and let the Service offer the low one",
                    )
