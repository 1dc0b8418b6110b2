"""Probes that make the kubelet talk to others."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.kube.access import PodSpec, get
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext

_HANDLERS = tuple(
    (*owner, action)
    for owner in (
        ("livenessProbe",),
        ("readinessProbe",),
        ("startupProbe",),
        ("lifecycle", "postStart"),
        ("lifecycle", "preStop"),
    )
    for action in ("httpGet", "tcpSocket")
)
# Source: Pod Security Standards, profile baseline, "Host Probes / Lifecycle Hooks" (v1.34+).

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class ProbeHost(PodRule):
    """A probe or a lifecycle hook names the host that the kubelet shall connect to.

    ## Why
    Probes are sent by the kubelet, from the node's network. A `host` other than the pod makes it knock on doors that
    the pod itself could not reach, such as the metadata service of the cloud, and says nothing about the pod's
    health. Without `host` the pod's own address is asked. A pod on its node's network (`host-namespace`) may name the
    loopback address. Pod Security `baseline` refuses it since Kubernetes 1.34.

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
              livenessProbe:
                httpGet:
                  host: 169.254.169.254 # here
                  path: /latest/meta-data
                  port: 80
              lifecycle:
                preStop:
                  httpGet:
                    host: registry.internal # here
                    path: /leave
                    port: 8080
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
              livenessProbe:
                httpGet:
                  path: /healthz
                  port: 8080
                  httpHeaders:
                    - name: Host
                      value: www.example.com
    ```
    """

    id = "probe-host"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    pod_security = Profile.PSS_BASELINE
    keys = ("host",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the handlers of each container's probes and hooks."""
        own = _LOOPBACK if pod.body.get("hostNetwork") is True else ()
        for container in pod.containers:
            for path in _HANDLERS:
                host = get(container.body, *path, "host")
                if isinstance(host, str) and host and host not in own:
                    yield self.fault(
                        Place.on(obj, container.at(*path, "host")),
                        f"{container.title} has the kubelet connect to {host!r}: {'.'.join(path)}",
                        help="remove host: the pod's own address is asked; a Host header goes into httpHeaders",
                        fix=Fix("ask the pod itself", (RemoveField(container.at(*path, "host")),), safe=False),
                    )
