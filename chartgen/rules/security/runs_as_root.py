"""Containers that run as root or may do so."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import Container, PodSpec
from chartgen.rules.base import Fault, Place, Profile
from chartgen.rules.security._restricted import HardeningRule


class RunsAsRoot(HardeningRule):
    """A container runs as root, or nothing keeps its image from doing so.

    ## Why
    Root in a container is root on the node once it gets out. What user an image starts as can change with its next
    tag; `runAsNonRoot: true` makes the kubelet refuse it. A `runAsUser` other than 0 settles it too. What the
    container says wins over what the pod says.

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
    ```

    ## Bad: the container undoes what the pod says
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          securityContext:
            runAsUser: 1000
          initContainers:
            - name: permissions
              image: example/tools:1.2.0
              securityContext:
                runAsUser: 0 # here
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
            runAsNonRoot: true
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "runs-as-root"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check_container(self, obj: RenderedObject, pod: PodSpec, container: Container) -> Iterator[Fault]:
        """Compare what applies to each container after the pod's and its own settings are merged."""
        user, user_at = pod.effective(container, "runAsUser")
        non_root, non_root_at = pod.effective(container, "runAsNonRoot")
        if user == 0 and non_root is True:
            yield self.fault(
                Place.on(obj, user_at),
                f"{container.title} cannot start: runAsUser is 0 while runAsNonRoot is true",
                help="choose a user other than 0, for example 10001",
                severity=Severity.ERROR,
            )
        elif user == 0:
            yield self.fault(
                Place.on(obj, user_at),
                f"{container.title} runs as root",
                help="set runAsNonRoot: true and a user other than 0",
            )
        elif user is None and non_root is not True:
            why = "runAsNonRoot is false" if non_root is False else "neither runAsNonRoot nor runAsUser is set"
            yield self.fault(
                Place.on(obj, non_root_at),
                f"{container.title} may run as root: {why}",
                help="set securityContext.runAsNonRoot: true on the pod or the container",
            )
