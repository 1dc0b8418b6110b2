"""Pods that share a namespace of their node."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple

_MEANING = {
    "hostNetwork": "it sees the node's local ports and escapes NetworkPolicies",
    "hostPID": "it sees and can signal every process of its node",
    "hostIPC": "it shares memory with the processes of its node",
}


class Options(NamedTuple):
    """Which namespaces of the node are kept for the node."""

    namespaces: tuple[str, ...] = ("hostNetwork", "hostPID", "hostIPC")


class HostNamespace(PodRule):
    """A pod shares the network, the processes or the memory of its node.

    ## Why
    Such a pod leaves the isolation that makes containers: on the host's network most plugins ignore NetworkPolicies
    and `127.0.0.1` is the kubelet's; among the host's processes it can read other containers' environment. Pod
    Security `baseline` refuses these pods. Node agents may need it and should say so in a suppression with a
    reason.

    ## Options
    - `namespaces` (default `hostNetwork`, `hostPID`, `hostIPC`): the fields that are reported.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          hostNetwork: true # here
          hostPID: true # here
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
          hostNetwork: false
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "host-namespace"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    pod_security = Profile.PSS_BASELINE
    keys = ("hostNetwork", "hostPID", "hostIPC")
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each host namespace that is switched on."""
        for field, meaning in _MEANING.items():
            if field in self.options.namespaces and pod.body.get(field) is True:
                yield self.fault(
                    Place.on(obj, pod.at(field)),
                    f"the pod sets {field}: {meaning}",
                    help=f"remove {field}",
                    fix=Fix(f"leave {field} of the node", (SetField(pod.at(field), False),), safe=False),
                )
