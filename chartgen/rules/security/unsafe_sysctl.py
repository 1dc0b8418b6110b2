"""Kernel settings a kubelet refuses unless told otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext

_SAFE = frozenset(
    {
        "kernel.shm_rmid_forced",
        "net.ipv4.ip_local_port_range",
        "net.ipv4.ip_local_reserved_ports",
        "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ping_group_range",
        "net.ipv4.tcp_fin_timeout",
        "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_keepalive_time",
        "net.ipv4.tcp_rmem",
        "net.ipv4.tcp_syncookies",
        "net.ipv4.tcp_wmem",
    }
)  # Source: Kubernetes, "Using sysctls in a Kubernetes Cluster", safe sysctls up to v1.32


class UnsafeSysctl(PodRule):
    """A pod sets a kernel parameter that kubelets refuse.

    ## Why
    Only a few parameters belong to a pod alone. A pod that sets another is stopped with `SysctlForbidden` on every
    node whose administrator has not allowed that very parameter, and where it is allowed it may disturb the other
    pods of the node.

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

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each parameter outside the safe set."""
        for index, item in enumerate(items(pod.body, "securityContext", "sysctls")):
            name = text(item, "name").replace("/", ".")
            if name and name not in _SAFE:
                yield self.fault(
                    Place.on(obj, pod.at("securityContext", "sysctls", index, "name")),
                    f"the pod sets the kernel parameter {name}, which kubelets refuse by default",
                    help="set it on the nodes, or allow it there with --allowed-unsafe-sysctls",
                )
