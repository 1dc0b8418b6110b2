"""Paths in volumes that Kubernetes refuses."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.schema._reach import EACH, in_pod

_ITEMS = (
    *(("volumes", EACH, source, "items", EACH, "path") for source in ("configMap", "secret", "downwardAPI")),
    *(
        ("volumes", EACH, "projected", "sources", EACH, source, "items", EACH, "path")
        for source in ("configMap", "secret", "downwardAPI")
    ),
)
_INSIDE = (
    ("containers", EACH, "volumeMounts", EACH, "subPath"),
    ("containers", EACH, "volumeMounts", EACH, "subPathExpr"),
    *_ITEMS,
)
"""Paths that lie in their volume."""

_ON_NODES = (("volumes", EACH, "hostPath", "path"),)


class InvalidVolumePath(PodRule):
    """A path in a volume begins with a slash, or leads out of it.

    ## Why
    The API server refuses the pod: `must be a relative path`, `must not contain '..'` (validateLocalDescendingPath,
    ValidateLocalNonReservedPath, validateHostPathVolumeSource). No schema says so. `subPath` and the paths of `items`
    begin at the root of the volume and stay in it; the path of a hostPath has no `..` either.

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
            - name: settings
              mountPath: /etc/web
              subPath: /web # here
      volumes:
        - name: settings
          configMap:
            name: web
            items:
              - key: app.yaml
                path: ../app.yaml # here
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
            - name: settings
              mountPath: /etc/web
              subPath: web
      volumes:
        - name: settings
          configMap:
            name: web
            items:
              - key: app.yaml
                path: web/app.yaml
    ```
    """

    id = "invalid-volume-path"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("subPath", "subPathExpr", "items", "hostPath")

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at each path; an empty one is unset."""
        for path in (*_INSIDE, *_ON_NODES):
            for at, value in in_pod(pod, path):
                if not isinstance(value, str):
                    continue
                if path in _INSIDE and value.startswith("/"):
                    cure = f"write {value.lstrip('/')}" if value.strip("/") else "leave it out"
                    yield self.fault(Place.on(obj, at), f"{at.dotted} is {value!r}, which is not relative", help=cure)
                if ".." in value.split("/"):
                    yield self.fault(Place.on(obj, at), f"{at.dotted} is {value!r}, with '..'", help="leave '..' out")
                elif path in _ITEMS and value.startswith(".."):
                    said = f"{at.dotted} is {value!r}, and names with '..' in front are Kubernetes' own"
                    yield self.fault(Place.on(obj, at), said, help="choose another name")
