"""Windows containers that run on their node."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.security._contexts import contexts


class WindowsHostProcess(PodRule):
    """A Windows container runs as a process of its node.

    ## Why
    A HostProcess container has the node's file system, network and registry, and the rights of an administrator: it
    is what a privileged container is on Linux. Agents of the cluster need it and should say so in a suppression with
    a reason. Pod Security `baseline` refuses it.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: agent
    spec:
      template:
        spec:
          os:
            name: windows
          hostNetwork: true
          securityContext:
            windowsOptions:
              hostProcess: true # here
          containers:
            - name: agent
              image: example/agent:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: agent
    spec:
      template:
        spec:
          os:
            name: windows
          securityContext:
            windowsOptions:
              runAsUserName: ContainerUser
          containers:
            - name: agent
              image: example/agent:1.2.0
    ```
    """

    id = "windows-host-process"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    pod_security = Profile.PSS_BASELINE
    keys = ("hostProcess",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find ``hostProcess: true`` on the pod and on each container."""
        for title, context, at in contexts(pod):
            if get(context, "windowsOptions", "hostProcess") is True:
                yield self.fault(
                    Place.on(obj, at / "windowsOptions" / "hostProcess"),
                    f"{title} runs as a process of its Windows node, with every right on it",
                    help="remove hostProcess, or give the work to an agent of the cluster",
                )
