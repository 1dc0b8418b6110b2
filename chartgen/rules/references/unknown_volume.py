"""Mounts of volumes that the pod does not have."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import named


class UnknownVolume(PodRule):
    """A container mounts a volume that its pod does not have.

    ## Why
    The API refuses the whole object: `spec.containers[0].volumeMounts[0].name: Not found`. It usually happens in a
    branch that the defaults do not take: the mount is rendered and the volume is not.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: app
    spec:
      containers:
        - name: app
          image: example/app:1.2.0
          volumeMounts:
            - name: data # here
              mountPath: /data
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: app
    spec:
      containers:
        - name: app
          image: example/app:1.2.0
          volumeMounts:
            - name: data
              mountPath: /data
      volumes:
        - name: data
          emptyDir: {}
    ```
    """

    id = "unknown-volume"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("volumeMounts", "volumeDevices")

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up each mount among the pod's volumes and a StatefulSet's claim templates."""
        volumes = {text(volume, "name") for volume in items(pod.body, "volumes")}
        volumes |= {text(claim, "metadata", "name") for claim in items(obj.body, "spec", "volumeClaimTemplates")}
        for container in pod.containers:
            for key in ("volumeMounts", "volumeDevices"):
                for index, mount in enumerate(items(container.body, key)):
                    name = text(mount, "name")
                    if name and name not in volumes:
                        yield self.fault(
                            Place.on(obj, container.at(key, index, "name")),
                            f"{container.title} mounts volume {name!r}, which the pod does not have",
                            help=f"its volumes: {named(frozenset(volumes - {''}))}",
                        )
