"""Volumes that no container uses."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.kube.access import PodSpec, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class UnmountedVolume(PodRule):
    """A pod has a volume that none of its containers mounts.

    ## Why
    The mount was forgotten, or has another name, and the program runs without its files; or it was removed, and the pod
    still waits for a Secret or a claim that it does not need.

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
          volumes:
            - name: settings # here
              configMap:
                name: web
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
              volumeMounts:
                - name: settings
                  mountPath: /etc/web
          volumes:
            - name: settings
              configMap:
                name: web
    ```
    """

    id = "unmounted-volume"
    severity = Severity.INFO
    profile = Profile.STRICT
    keys = ("volumes",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for each volume among the mounts and devices of the containers."""
        used = {
            text(mount, "name")
            for container in pod.containers
            for key in ("volumeMounts", "volumeDevices")
            for mount in items(container.body, key)
        }
        for index, volume in enumerate(items(pod.body, "volumes")):
            name = text(volume, "name")
            if name and name not in used:
                yield self.fault(
                    Place.on(obj, pod.at("volumes", index, "name")),
                    f"has volume {name!r}, which no container mounts",
                    help="mount it, or leave it out",
                    fix=Fix(f"remove the volume {name}", (RemoveField(pod.at("volumes", index)),), safe=False),
                )
