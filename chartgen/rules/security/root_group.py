"""Processes in the group root."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.security._contexts import contexts


class RootGroup(PodRule):
    """A pod or container runs in the group root.

    ## Why
    Files of the node and of volumes are often readable or writable for group 0, and many images are built so that
    this group may change them. A user other than 0 is only half the way. OpenShift gives its pods this group on
    purpose; charts for it say so in a suppression.

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
            runAsUser: 10001
            runAsGroup: 0 # here
            fsGroup: 0 # here
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
            runAsGroup: 10001
            fsGroup: 10001
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "root-group"
    severity = Severity.WARNING
    profile = Profile.STRICT
    keys = ("runAsGroup", "fsGroup", "supplementalGroups")

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for group 0 in all places where a group can be given."""
        for title, context, at in contexts(pod):
            for field in ("runAsGroup", "fsGroup"):
                if type(context.get(field)) is int and context[field] == 0:
                    yield self._in_root(obj, at / field, title, field)
            for index, group in enumerate(items(context, "supplementalGroups")):
                if type(group) is int and group == 0:
                    yield self._in_root(obj, at / "supplementalGroups" / index, title, "supplementalGroups")

    def _in_root(self, obj: RenderedObject, at: Pointer, title: str, field: str) -> Fault:
        return self.fault(
            Place.on(obj, at), f"{title} is in the group root ({field} 0)", help="choose a group other than 0"
        )
