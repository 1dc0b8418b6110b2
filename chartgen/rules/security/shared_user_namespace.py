"""Pods whose root is the node's root."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.security._restricted import has_user_namespace


class SharedUserNamespace(PodRule):
    """A pod does not run in a user namespace of its own.

    ## Why
    With `hostUsers: false` root in the pod is an unknown user on the node, and whoever escapes from the container has
    no rights there. It needs Kubernetes 1.33 or later, a runtime and file systems that can map users, and no host
    namespaces. A house that runs such nodes can ask for it.

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
          hostUsers: false
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "shared-user-namespace"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask for ``hostUsers: false``."""
        if not has_user_namespace(pod) and not pod.is_windows:
            yield self.fault(
                Place.on(obj, pod.at("hostUsers")),
                "the users of the pod are those of its node",
                help="set hostUsers: false on the pod",
                fix=Fix("give the pod users of its own", (SetField(pod.at("hostUsers"), False),), safe=False),
            )
