"""Ports declared twice in one pod."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What is compared."""

    numbers: bool = True
    across_containers: bool = True


class DuplicateContainerPort(PodRule):
    """A pod declares a port, or the name of a port, twice.

    ## Why
    All containers of a pod share one network address, so the second to listen on a port fails. Of two ports with one
    name within a container the API refuses the second; in different containers a Service that refers to the name
    finds the first only. Init containers are over before the others start and are looked at by themselves.

    ## Options
    - `numbers` (default `true`): whether numbers are compared as well, or names only.
    - `across-containers` (default `true`): whether the containers of a pod are compared with each other.

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
          ports:
            - name: http
              containerPort: 8080
        - name: admin
          image: example/admin:1.2.0
          ports:
            - name: http # here
              containerPort: 9090
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
          ports:
            - name: http
              containerPort: 8080
        - name: admin
          image: example/admin:1.2.0
          ports:
            - name: http-admin
              containerPort: 9090
    ```
    """

    id = "duplicate-container-port"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    keys = ("containerPort",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the ports of containers that run at the same time; a name and its number are one fault."""
        seen: dict[tuple[str, str], Pointer] = {}
        for container in pod.containers:
            alone = "" if container.long_running and self.options.across_containers else container.name
            for index, port in enumerate(container.ports):
                at = container.at("ports", index)
                number = f"{port.get('containerPort')}/{port.get('protocol') or 'TCP'}"
                for key, value in (("name", port.get("name")), ("containerPort", number)):
                    is_asked = key == "name" or self.options.numbers
                    if not value or not is_asked or port.get("containerPort") is None:
                        continue
                    first = seen.setdefault((alone, f"{key} {value}"), at)
                    if first != at:
                        said = f"port {value}" if key == "containerPort" else f"the port name {value!r}"
                        yield self.fault(
                            Place.on(obj, at / key),
                            f"{container.title} declares {said}, which is declared already",
                            help="give each port a number and a name of its own",
                            related=((Place.on(obj, first / key), "the first one is here"),),
                        )
                        break
