"""Containers that may fill the disk of a node."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.resources._requests import Which, amount, chosen, is_unset
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which containers are judged, and what is asked of them."""

    containers: Which = "long-running"
    requests: bool = True


class MissingEphemeralStorageLimit(PodRule):
    """A container may fill the disk of its node.

    ## Why
    Logs, `emptyDir` volumes and everything a container writes into its own file system share the disk of the node. When
    it is full the kubelet evicts pods that did nothing wrong. With a limit only the writer is evicted; a request keeps
    pods off nodes without room. Few clusters run short of disk, so this rule is off unless it is asked for.

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
              resources:
                requests: # here
                  memory: 128Mi
                limits: # here
                  memory: 128Mi
    ```

    ## Bad: the limit only
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
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-ephemeral-storage-limit:
        requests: false
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
              resources:
                requests:
                  ephemeral-storage: 100Mi
                limits:
                  ephemeral-storage: 1Gi
    ```

    ## Options
    - `containers` (default `long-running`): `long-running` judges main containers and sidecars, `main` main containers
      only, `all` init containers too.
    - `requests` (default true): a request is asked for too.
    """

    id = "missing-ephemeral-storage-limit"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    hooks = False
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask each container that is judged for a limit, and for a request."""
        for container in chosen(pod, self.options.containers):
            for part in ("requests", "limits") if self.options.requests else ("limits",):
                if is_unset(get(container.body, "resources", part, "ephemeral-storage")):
                    yield self.fault(
                        Place.on(obj, container.at("resources", part, "ephemeral-storage")),
                        f"{container.title} has no ephemeral-storage {part.removesuffix('s')}",
                        help=f"set resources.{part}.ephemeral-storage",
                        fix=amount(container, part, "ephemeral-storage", "1Gi"),
                    )
