"""Pods that mount a directory of their node."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.security._host_paths import holds_runtime_socket, host_paths, is_mounted, is_mounted_writable
from chartgen.tuples import NamedTuple

_SYSTEM_BELOW = (
    "/bin/", "/boot/", "/dev/", "/etc/", "/lib/", "/lib64/", "/proc/", "/root/", "/sbin/", "/sys/", "/usr/",
    "/var/lib/kubelet/", "/var/lib/docker/", "/var/lib/containerd/",
)  # fmt: skip
_SYSTEM = {"/", "/home", "/run", "/var", "/var/lib", "/var/run", *(folder.rstrip("/") for folder in _SYSTEM_BELOW)}


class Options(NamedTuple):
    """Which directories of the node are kept for the node."""

    allowed: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    only_mounted: bool = False
    sockets: bool = False
    only_writable: bool = False
    pod_security: Literal["", "baseline", "restricted"] = ""


class HostPathVolume(PodRule):
    """A pod mounts a directory of the node it happens to run on.

    ## Why
    The data stays behind when the pod moves, the directory may be missing on the next node, and a writable one is
    the usual way out of a container: a file in `/etc/cron.d` is enough. Pod Security `baseline` refuses hostPath
    volumes. A writable directory of the system itself is an error, others are warnings. The sockets of container
    runtimes have a rule of their own, `runtime-socket-mounted`.

    ## Options
    - `allowed` (default none): directories that may be mounted, as patterns: `/var/log/*`.
    - `only` (default all): report these directories and no others, as patterns: `/etc`, `/etc/*`.
    - `only-mounted` (default false): report only volumes that a container mounts.
    - `sockets` (default false): report the sockets of container runtimes too, as `runtime-socket-mounted` does.
    - `only-writable` (default false): report only volumes that a container can write to.
    - `pod-security` (default none; `baseline` or `restricted`): read exactly as this level of the Pod Security
      Standards, as the profiles `pss-baseline` and `pss-restricted` do.

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
            - name: data
              mountPath: /data
      volumes:
        - name: data
          hostPath:
            path: /srv/data # here
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
            - name: data
              mountPath: /data
      volumes:
        - name: data
          persistentVolumeClaim:
            claimName: data
    ```
    """

    id = "host-path-volume"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    pod_security = Profile.PSS_BASELINE
    keys = ("hostPath",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each hostPath volume, worse when it is writable and belongs to the system."""
        for name, path, at in host_paths(pod):
            writable = is_mounted_writable(pod, name)
            if not self.options.pod_security and not self._counts(pod, name, path):
                continue
            is_system = path in _SYSTEM or path.startswith(_SYSTEM_BELOW)
            yield self.fault(
                Place.on(obj, at),
                f"volume {name!r} is {path} of the node{', writable' if writable else ''}",
                help="use a PersistentVolumeClaim for data and emptyDir for scratch space"
                + ("; mount what is only read with readOnly: true" if writable else ""),
                severity=Severity.ERROR if writable and is_system else None,
            )

    def _counts(self, pod: PodSpec, volume: str, path: str) -> bool:
        only, allowed = self.options.only, self.options.allowed
        if (holds_runtime_socket(path) and not self.options.sockets) or any(
            fnmatchcase(path, pattern) for pattern in allowed
        ):
            return False
        if only and not any(fnmatchcase(path, pattern) for pattern in only):
            return False
        if self.options.only_writable:
            return is_mounted_writable(pod, volume)
        return not self.options.only_mounted or is_mounted(pod, volume)
