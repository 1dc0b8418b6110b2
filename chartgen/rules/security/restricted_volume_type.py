"""Volumes that tie a pod to the storage of one place."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext

_RESTRICTED = (
    "gcePersistentDisk", "awsElasticBlockStore", "gitRepo", "nfs", "iscsi", "glusterfs", "rbd", "flexVolume", "cinder",
    "cephfs", "flocker", "fc", "azureFile", "azureDisk", "vsphereVolume", "quobyte", "portworxVolume",
    "photonPersistentDisk", "scaleIO", "storageos",
)  # fmt: skip
# Source: Pod Security Standards, profile restricted, "Volume Types"; hostPath has a rule of its own.


class RestrictedVolumeType(PodRule):
    """A pod mounts the storage of one cloud or server directly.

    ## Why
    An `nfs`, `iscsi` or `azureFile` volume in a pod names servers and credentials that differ in every cluster, and
    lets whoever writes pods mount any of them. A PersistentVolumeClaim leaves that to the cluster. Many of these
    types are no longer served, `gitRepo` is a hole. Pod Security `restricted` refuses them. Directories of the node
    are reported by `host-path-volume`.

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
                  mountPath: /data
          volumes:
            - name: data
              nfs: # here
                server: nfs.example.com
                path: /data
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
                  mountPath: /data
          volumes:
            - name: data
              persistentVolumeClaim:
                claimName: data
            - name: tmp
              emptyDir: {}
    ```
    """

    id = "restricted-volume-type"
    severity = Severity.WARNING
    profile = Profile.STRICT
    pod_security = Profile.PSS_RESTRICTED
    keys = _RESTRICTED

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for volume types outside the nine that every cluster has."""
        for index, volume in enumerate(items(pod.body, "volumes")):
            for kind in _RESTRICTED:
                if isinstance(volume, dict) and isinstance(volume.get(kind), dict):
                    yield self.fault(
                        Place.on(obj, pod.at("volumes", index, kind), key=True),
                        f"volume {str(volume.get('name'))!r} is of type {kind}",
                        help="use a PersistentVolumeClaim and let the cluster say where it is kept",
                    )
