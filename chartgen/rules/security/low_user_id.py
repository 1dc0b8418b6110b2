"""Containers that share user numbers with their node."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, PodSpec
from chartgen.rules.base import Fault, Place, Profile
from chartgen.rules.security._restricted import HardeningRule, has_user_namespace
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which numbers are low, and whose."""

    minimum: int = 10_000
    unset: bool = True
    groups: bool = False
    init_containers: bool = True
    user_namespaces: bool = False
    all_pods: bool = False


class LowUserId(HardeningRule):
    """A container's user number may belong to a user of its node.

    ## Why
    Users of a node have low numbers. A process that gets out of its container has the rights of the node's user with
    its number, and reads that user's files in volumes it shares. A number from 10000 upwards belongs to nobody. In a
    user namespace (`hostUsers: false`) numbers do not matter. Images that fix their user may not work with another.

    ## Options
    - `minimum` (default 10000): the lowest number that may be used.
    - `unset` (default true): report containers that leave the number to their image, too.
    - `groups` (default false): look at the group (`runAsGroup`) too.
    - `init-containers` (default true): ask init containers too.
    - `user-namespaces` (default false): ask pods in a user namespace (`hostUsers: false`) too.
    - `all-pods` (default false): look at Windows pods and at those of `helm test` too.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          securityContext:
            runAsUser: 1000 # here
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
          securityContext:
            runAsUser: 10001
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "low-user-id"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check_container(self, obj: RenderedObject, pod: PodSpec, container: Container) -> Iterator[Fault]:
        """Look at the user that applies to each container, and at its group where that is asked for."""
        if has_user_namespace(pod) and not self.options.user_namespaces:
            return
        if container.role in ("init", "sidecar") and not self.options.init_containers:
            return
        for field, what in (("runAsUser", "user"), ("runAsGroup", "group")):
            if what == "group" and not self.options.groups:
                continue
            value, at = pod.effective(container, field)
            if isinstance(value, int) and value >= self.options.minimum:
                continue
            if value is not None or self.options.unset:
                said = f"runs as {what} {value}" if value is not None else f"does not set {field}"
                yield self.fault(
                    Place.on(obj, at),
                    f"{container.title} {said}; numbers from {self.options.minimum} upwards belong to nobody",
                    help=f"set securityContext.{field}: {max(self.options.minimum, 10001)}",
                    fix=Fix(
                        f"run as {what} {max(self.options.minimum, 10001)}",
                        (SetField(at, max(self.options.minimum, 10001)),),
                        safe=False,
                    ),
                )
