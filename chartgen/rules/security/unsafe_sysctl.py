"""Kernel settings a kubelet refuses unless told otherwise."""

from collections.abc import Iterator
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple

_SAFE = (
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_notsent_lowat",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_slow_start_after_idle",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
)
# Source: Kubernetes, "Using sysctls in a Kubernetes Cluster", and Pod Security `baseline` of v1.37 (tcp_notsent_lowat
# and tcp_slow_start_after_idle are safe since then).


class Options(NamedTuple):
    """Which parameters may be set."""

    allowed: tuple[str, ...] = _SAFE
    only: tuple[str, ...] = ()
    pod_security: Literal["", "baseline", "restricted"] = ""


class UnsafeSysctl(PodRule):
    """A pod sets a kernel parameter that kubelets refuse.

    ## Why
    Only a few parameters belong to a pod alone. A pod that sets another is stopped with `SysctlForbidden` on every
    node whose administrator has not allowed that very parameter, and where it is allowed it may disturb the other
    pods of the node.

    ## Options
    - `allowed` (default the safe ones of Kubernetes 1.37): parameters that may be set.
    - `only` (default all): report parameters that begin with one of these, whether safe or not: `net.`.
    - `pod-security` (default none; `baseline` or `restricted`): read exactly as this level of the Pod Security
      Standards, as the profiles `pss-baseline` and `pss-restricted` do.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      securityContext:
        sysctls:
          - name: net.ipv4.tcp_syncookies
            value: "1"
          - name: kernel.msgmax # here
            value: "65536"
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
      securityContext:
        sysctls:
          - name: net.ipv4.ip_unprivileged_port_start
            value: "0"
      containers:
        - name: web
          image: example/web:1.2.0
    ```
    """

    id = "unsafe-sysctl"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    pod_security = Profile.PSS_BASELINE
    keys = ("sysctls",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each parameter outside the safe set."""
        for index, item in enumerate(items(pod.body, "securityContext", "sysctls")):
            name = text(item, "name")
            if name and self._is_unsafe(name):
                yield self.fault(
                    Place.on(obj, pod.at("securityContext", "sysctls", index, "name")),
                    f"the pod sets the kernel parameter {name}, which kubelets refuse by default",
                    help="set it on the nodes, or allow it there with --allowed-unsafe-sysctls",
                )

    def _is_unsafe(self, name: str) -> bool:
        if self.options.pod_security:
            return name not in _SAFE  # by its exact name: net/ipv4/tcp_syncookies is refused
        dotted = name.replace("/", ".")
        only = self.options.only
        return dotted.startswith(only) if only else dotted not in self.options.allowed
