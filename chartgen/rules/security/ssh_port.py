"""Containers one can log in to."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Where SSH is looked for."""

    port: int = 22
    protocol: str = "TCP"


class SshPort(PodRule):
    """A container offers SSH.

    ## Why
    A shell that is open to the network is a second way in, with users, keys and updates of its own, past the
    cluster's permissions and its audit log. `kubectl exec` needs none of it. A server whose purpose is SSH (a Git
    server, SFTP) says so in a suppression, or listens on another port.

    ## Options
    - `port` (default 22): the port of the container.
    - `protocol` (default `TCP`): its protocol.

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
                - containerPort: 22 # here
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

    id = "ssh-port"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    keys = ("containerPort",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for the port among those each container declares."""
        for container in pod.containers:
            for index, port in enumerate(container.ports):
                protocol = port.get("protocol") or "TCP"
                if port.get("containerPort") == self.options.port and protocol == self.options.protocol:
                    yield self.fault(
                        Place.on(obj, container.at("ports", index, "containerPort")),
                        f"{container.title} offers port {self.options.port}, where SSH is",
                        help="remove the port and the server; kubectl exec opens a shell",
                    )
