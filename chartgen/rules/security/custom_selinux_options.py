"""Containers with an SELinux identity of their own."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.kube.access import PodSpec, mapping
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.security._contexts import contexts

_TYPES = ("container_t", "container_init_t", "container_kvm_t", "container_engine_t")
# Source: Pod Security Standards, profile baseline, "SELinux", since v1.31.


class CustomSelinuxOptions(PodRule):
    """A pod or container chooses an SELinux user, role or type that reaches beyond containers.

    ## Why
    SELinux types such as `spc_t` switch the confinement of containers off, and a user or role of its own gives a
    process rights that the runtime meant to keep. Pod Security `baseline` allows the types made for containers and no
    user or role. The level (`s0:c123,c456`) may be chosen.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          securityContext:
            seLinuxOptions:
              type: spc_t # here
          containers:
            - name: web
              image: example/web:1.2.0
              securityContext:
                seLinuxOptions:
                  user: system_u # here
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
          securityContext:
            seLinuxOptions:
              type: container_t
              level: s0:c123,c456
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "custom-selinux-options"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    pod_security = Profile.PSS_BASELINE
    keys = ("seLinuxOptions",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at every SELinux label that is given."""
        for title, context, at in contexts(pod):
            options = mapping(context, "seLinuxOptions")
            for field in ("type", "user", "role"):
                value = options.get(field)
                if value and not (field == "type" and value in _TYPES):
                    yield self.fault(
                        Place.on(obj, at / "seLinuxOptions" / field),
                        f"{title} sets the SELinux {field} {value!r}",
                        help=f"remove it, or choose one of {', '.join(_TYPES)}" if field == "type" else "remove it",
                        fix=Fix(
                            f"leave the SELinux {field} to the runtime",
                            (RemoveField(at / "seLinuxOptions" / field),),
                            safe=False,
                        ),
                    )
