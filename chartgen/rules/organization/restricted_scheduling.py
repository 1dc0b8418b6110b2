"""Pods that choose their nodes themselves."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, items, mapping, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple

_CONTROL_PLANE = ("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master")


class Options(NamedTuple):
    """Which choices are restricted."""

    control_plane: bool = True
    node_name: bool = True
    node_selector: bool = False
    node_affinity: bool = False


class RestrictedScheduling(PodRule):
    """A pod asks for nodes that the organization keeps to itself.

    ## Why
    On the nodes of the control plane run the parts that hold the whole cluster. `nodeName` passes by the scheduler, and
    with it by taints, quotas and priorities.

    ## Options
    - `control-plane` (default `true`): whether tolerations, selectors and affinities for nodes of the control plane are
      findings.
    - `node-name` (default `true`): whether `nodeName` is one.
    - `node-selector` (default `false`): whether any `nodeSelector` is one.
    - `node-affinity` (default `false`): whether any affinity to nodes is one.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      tolerations:
        - key: node-role.kubernetes.io/control-plane # here
          operator: Exists
      containers:
        - name: web
          image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      nodeSelector:
        kubernetes.io/arch: arm64
      containers:
        - name: web
          image: example/web:1.2.0
    ```
    """

    id = "restricted-scheduling"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    keys = ("tolerations", "nodeSelector", "nodeName", "nodeAffinity")
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at every field that leads a pod to nodes."""
        for at, message in self._found(pod):
            yield self.fault(Place.on(obj, at), message, help="leave the choice of the node to the scheduler")

    def _found(self, pod: PodSpec) -> Iterator[tuple[Pointer, str]]:
        options = self.options
        selector = mapping(pod.body, "nodeSelector")
        if options.control_plane:
            for index, toleration in enumerate(items(pod.body, "tolerations")):
                if text(toleration, "key") in _CONTROL_PLANE:
                    yield pod.at("tolerations", index, "key"), "tolerates the taint of the control plane"
                    break
            for key in selector:
                if key in _CONTROL_PLANE:
                    yield pod.at("nodeSelector", key), "asks for nodes of the control plane"
        if options.node_name and pod.body.get("nodeName"):
            yield pod.at("nodeName"), f"is bound to the node {pod.body['nodeName']!r}"
        if options.node_selector and selector:
            yield pod.at("nodeSelector"), "has a nodeSelector"
        affinity = get(pod.body, "affinity", "nodeAffinity")
        if affinity and (options.node_affinity or (options.control_plane and _asks_for_control_plane(affinity))):
            yield pod.at("affinity", "nodeAffinity"), "has an affinity to nodes"


def _asks_for_control_plane(affinity: object) -> bool:
    terms = items(affinity, "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
    wanted = [one for term in terms for one in items(term, "matchExpressions")]
    return any(text(one, "key") in _CONTROL_PLANE and text(one, "operator") in ("In", "Exists") for one in wanted)
