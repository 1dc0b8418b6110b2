"""Pods that say nothing about their rights."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, mapping
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Where the block is asked for."""

    pod: bool = True
    containers: bool = True


class MissingSecurityContext(PodRule):
    """A pod or a container has no security context at all.

    ## Why
    Where nothing is said, the runtime's and the image's defaults hold, and nobody can tell whether somebody thought
    of it. The rules about single settings (`runs-as-root`, `capabilities-not-dropped`, `missing-seccomp-profile`) say
    more; this one is for houses that want the block itself.

    ## Options
    - `pod` (default true): ask for it on the pod.
    - `containers` (default true): ask for it on each container.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec: # here
          containers:
            - name: web # here
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
              securityContext:
                readOnlyRootFilesystem: true
    ```
    """

    id = "missing-security-context"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask for a block with something in it."""
        if self.options.pod and not mapping(pod.body, "securityContext"):
            yield self.fault(
                Place.on(obj, pod.at("securityContext")),
                "the pod has no security context",
                help="give the pod a securityContext with what all its containers share",
            )
        for container in pod.containers if self.options.containers else ():
            if not container.security:
                yield self.fault(
                    Place.on(obj, container.at("securityContext")),
                    f"{container.title} has no security context",
                    help="give the container a securityContext",
                )
