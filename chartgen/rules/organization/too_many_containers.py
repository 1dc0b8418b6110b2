"""Pods with a crowd in them."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """How many containers a pod may have."""

    most: int = 4


class TooManyContainers(PodRule):
    """A pod has more containers than the organization allows.

    ## Why
    Containers of one pod start, stop, move and scale together; what could do so alone belongs into a workload of its
    own. How many are too many is a matter of taste. Sidecars among the init containers are not counted.

    ## Options
    - `most` (default 4): containers that a pod may have.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers: # here
        - name: web
          image: example/web:1.2.0
        - name: mail
          image: example/mail:1.2.0
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      too-many-containers:
        most: 1
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

    id = "too-many-containers"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Count the main containers."""
        number = sum(container.role == "main" for container in pod.containers)
        if number > self.options.most:
            yield self.fault(
                Place.on(obj, pod.at("containers"), key=True),
                f"has {number} containers, at most {self.options.most} are allowed here",
                help="split it into several workloads",
            )
