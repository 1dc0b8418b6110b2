"""Containers that see all of /proc."""

from collections.abc import Iterator
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.security._restricted import has_user_namespace
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Whether a user namespace excuses."""

    pod_security: Literal["", "baseline", "restricted"] = ""


class UnmaskedProcMount(PodRule):
    """A container asks for `/proc` without the masks that hide the kernel's secrets.

    ## Why
    Runtimes hide and protect the parts of `/proc` that reach the kernel: `kcore`, `sysrq-trigger`, `sys`. `procMount:
    Unmasked` opens them. Only containers that build containers need it, and since Kubernetes 1.33 only pods in a user
    namespace (`hostUsers: false`) may have it: others are refused. Pod Security `restricted` allows it to none.

    ## Options
    - `pod-security` (default none; `baseline` or `restricted`): read exactly as this level of the Pod Security
      Standards, as the profiles `pss-baseline` and `pss-restricted` do.

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
            - name: builder
              image: example/builder:1.2.0
              securityContext:
                procMount: Unmasked # here
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
          hostUsers: false
          containers:
            - name: builder
              image: example/builder:1.2.0
              securityContext:
                procMount: Unmasked
            - name: web
              image: example/web:1.2.0
              securityContext:
                procMount: Default
    ```
    """

    id = "unmasked-proc-mount"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    pod_security = Profile.PSS_BASELINE
    keys = ("procMount",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for values other than the default; a user namespace makes them harmless."""
        if has_user_namespace(pod) and self.options.pod_security != "restricted":
            return
        for container in pod.containers:
            value = container.security.get("procMount")
            if value is not None and value != "Default":
                yield self.fault(
                    Place.on(obj, container.at("securityContext", "procMount")),
                    f"{container.title} mounts /proc as {value!r}",
                    help="remove procMount, or run the pod in a user namespace with hostUsers: false",
                    fix=Fix(
                        "mount /proc as the runtime does",
                        (SetField(container.at("securityContext", "procMount"), "Default"),),
                        safe=False,
                    ),
                )
