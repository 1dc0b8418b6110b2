"""Mounts of a part of a volume."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class SubPathMount(PodRule):
    """A container mounts a part of a volume with `subPath`.

    ## Why
    A path inside a volume that others write to has been a way out of containers more than once (CVE-2017-1002101,
    CVE-2021-25741), and files mounted from a ConfigMap by `subPath` are never updated. Current Kubernetes has closed
    the known holes; a house may still want none.

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
              volumeMounts:
                - name: data
                  mountPath: /var/lib/web
                  subPath: web # here
          volumes:
            - name: data
              persistentVolumeClaim:
                claimName: data
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
                - name: data
                  mountPath: /var/lib/web
          volumes:
            - name: data
              persistentVolumeClaim:
                claimName: data
    ```
    """

    id = "sub-path-mount"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    keys = ("subPath", "subPathExpr")

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the mounts of each container."""
        for container in pod.containers:
            for index, mount in enumerate(items(container.body, "volumeMounts")):
                for field in ("subPath", "subPathExpr"):
                    if isinstance(mount, dict) and mount.get(field):
                        yield self.fault(
                            Place.on(obj, container.at("volumeMounts", index, field)),
                            f"{container.title} mounts only {str(mount[field])!r} of volume {str(mount.get('name'))!r}",
                            help="mount the whole volume, or give the data a volume of its own",
                        )
