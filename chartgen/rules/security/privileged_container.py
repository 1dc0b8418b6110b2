"""Containers with every right of the node's root."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class PrivilegedContainer(PodRule):
    """A container runs privileged.

    ## Why
    A privileged container sees every device of its node and may do what root may do there: whoever breaks into it
    owns the node and every pod on it. Most programs that ask for it need one capability or one device. Pod Security
    `baseline` refuses such pods.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: agent
    spec:
      template:
        spec:
          containers:
            - name: agent
              image: example/agent:1.2.0
              securityContext:
                privileged: true # here
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: agent
    spec:
      template:
        spec:
          containers:
            - name: agent
              image: example/agent:1.2.0
              securityContext:
                privileged: false
                capabilities:
                  add: [NET_BIND_SERVICE]
    ```
    """

    id = "privileged-container"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    pod_security = Profile.PSS_BASELINE
    keys = ("privileged",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find ``privileged: true``."""
        for container in pod.containers:
            if container.security.get("privileged") is True:
                yield self.fault(
                    Place.on(obj, container.at("securityContext", "privileged")),
                    f"{container.title} runs privileged, with every right on its node",
                    help="remove 'privileged' and add only the capabilities the program needs",
                    fix=Fix(
                        "run unprivileged",
                        (SetField(container.at("securityContext", "privileged"), False),),
                        safe=False,
                    ),
                )
