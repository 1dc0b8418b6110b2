"""Entries of a list that are told apart by something which two of them share."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import WORKLOADS, PodSpec, get, items, pod_spec
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class DuplicateListEntry(ObjectRule):
    """Two containers, volumes, mounts or Service ports share what tells them apart.

    ## Why
    The API server refuses the object, and no schema says so. It usually comes from an entry in the template and the
    same one in `extraVolumes`, `extraVolumeMounts` or `extraContainers`. Containers of a pod and its init containers
    need different names, volumes too, mounts of a container different paths, and ports of a Service different names and
    different numbers for each protocol.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
          volumeMounts:
            - name: cache
              mountPath: /cache
            - name: extra-cache
              mountPath: /cache # here
      volumes:
        - name: cache
          emptyDir: {}
        - name: extra-cache
          emptyDir: {}
        - name: cache # here
          emptyDir: {}
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - name: http
          port: 80
        - name: web
          port: 80 # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
          volumeMounts:
            - name: cache
              mountPath: /cache
            - name: extra-cache
              mountPath: /extra-cache
      volumes:
        - name: cache
          emptyDir: {}
        - name: extra-cache
          emptyDir: {}
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - name: dns
          port: 53
        - name: dns-udp
          port: 53
          protocol: UDP
    ```
    """

    id = "duplicate-list-entry"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = WORKLOADS | {"Service"}
    keys = ("containers", "initContainers", "volumes", "volumeMounts", "ports")

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the entries of each list in their order; the later of two is at fault."""
        pod = pod_spec(obj.kind, obj.body)
        found = _of_pod(pod) if pod else _of_service(obj)
        seen: dict[tuple[str, str], Pointer] = {}
        for scope, what, value, pointer in found:
            first = seen.setdefault((scope, value), pointer)
            if first is not pointer:
                yield self.fault(
                    Place.on(obj, pointer),
                    f"{what} is there twice",
                    help="remove one of the two, or tell them apart",
                    related=((Place.on(obj, first), "the first one is here"),),
                )


_Entry = tuple[str, str, str, Pointer]
"""The list an entry is in, how it is called in messages, what tells it apart, and where that stands."""


def _of_pod(pod: PodSpec) -> Iterator[_Entry]:
    for key in ("initContainers", "containers"):
        for index, container in enumerate(items(pod.body, key)):
            if name := get(container, "name"):
                yield "containers", f"container {name!r}", str(name), pod.at(key, index, "name")
    for index, volume in enumerate(items(pod.body, "volumes")):
        if name := get(volume, "name"):
            yield "volumes", f"volume {name!r}", str(name), pod.at("volumes", index, "name")
    for one in pod.containers:
        for index, mount in enumerate(items(one.body, "volumeMounts")):
            if path := get(mount, "mountPath"):
                at = one.at("volumeMounts", index, "mountPath")
                yield f"mounts {one.pointer}", f"{one.title}: mount path {str(path)!r}", str(path), at


def _of_service(obj: RenderedObject) -> Iterator[_Entry]:
    for index, port in enumerate(items(obj.body, "spec", "ports")):
        at = Pointer(("spec", "ports", index))
        if name := get(port, "name"):
            yield "names", f"port {name!r}", str(name), at / "name"
        if number := get(port, "port"):
            protocol = get(port, "protocol") or "TCP"
            yield "numbers", f"port {number} ({protocol})", f"{number}/{protocol}", at / "port"
