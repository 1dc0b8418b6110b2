"""Pods that say nothing about their rights."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Where the block is asked for, and whether an empty one will do."""

    pod: bool = True
    containers: bool = True
    empty: bool = False


class MissingSecurityContext(PodRule):
    """A pod or a container has no security context at all.

    ## Why
    Where nothing is said, the runtime's and the image's defaults hold, and nobody can tell whether somebody thought
    of it. The rules about single settings (`runs-as-root`, `capabilities-not-dropped`, `missing-seccomp-profile`) say
    more; this one is for houses that want the block itself.

    ## Options
    - `pod` (default true): ask for it on the pod.
    - `containers` (default true): ask for it on each container.
    - `empty` (default false): an empty one counts as well.

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
        if self.options.pod and self._lacks_one(pod.body):
            yield self.fault(
                Place.on(obj, pod.at("securityContext")),
                "the pod has no security context",
                help="give the pod a securityContext with what all its containers share",
            )
        for container in pod.containers if self.options.containers else ():
            if self._lacks_one(container.body):
                yield self.fault(
                    Place.on(obj, container.at("securityContext")),
                    f"{container.title} has no security context",
                    help="give the container a securityContext",
                )

    def _lacks_one(self, body: Mapping[str, Any]) -> bool:
        return not isinstance(body.get("securityContext"), dict) or not (body["securityContext"] or self.options.empty)
