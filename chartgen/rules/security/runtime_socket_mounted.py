"""Pods that can talk to the container runtime of their node."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.security._host_paths import SOCKET_FOLDERS, SOCKETS, holds_runtime_socket, host_paths, is_mounted
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What is taken for a runtime's socket."""

    sockets: tuple[str, ...] = SOCKETS
    folders: tuple[str, ...] = SOCKET_FOLDERS
    only_mounted: bool = False


class RuntimeSocketMounted(PodRule):
    """A pod mounts the socket of its node's container runtime.

    ## Why
    Whoever can talk to Docker, containerd or CRI-O can start a privileged container, and so is root on the node,
    past every admission check of the cluster. Mounting the socket read-only changes nothing. Building images does
    not need it: BuildKit and Kaniko run as ordinary pods.

    ## Options
    - `sockets` (default those of Docker, containerd, CRI-O and Podman): what the sockets are called.
    - `folders` (default theirs): folders that hold a socket, below `/` or `/var`.
    - `only-mounted` (default false): report only volumes that a container mounts.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: runner
    spec:
      containers:
        - name: runner
          image: example/runner:1.2.0
          volumeMounts:
            - name: docker
              mountPath: /var/run/docker.sock
      volumes:
        - name: docker
          hostPath:
            path: /var/run/docker.sock # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: runner
    spec:
      containers:
        - name: runner
          image: example/runner:1.2.0
        - name: buildkit
          image: example/buildkit-rootless:1.2.0
    ```
    """

    id = "runtime-socket-mounted"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("hostPath",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each hostPath volume that is a runtime's socket or the folder of one."""
        for name, path, at in host_paths(pod):
            if self.options.only_mounted and not is_mounted(pod, name):
                continue
            if holds_runtime_socket(path, self.options.sockets, self.options.folders):
                yield self.fault(
                    Place.on(obj, at),
                    f"volume {name!r} gives the pod the container runtime of its node ({path})",
                    help="remove the volume; build images with rootless BuildKit or Kaniko",
                )
