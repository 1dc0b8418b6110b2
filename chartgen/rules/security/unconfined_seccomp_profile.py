"""Containers whose system call filter is switched off."""

from collections.abc import Iterator
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import PodSpec, get, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.security._contexts import contexts
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Whether Windows excuses."""

    pod_security: Literal["", "baseline", "restricted"] = ""


class UnconfinedSeccompProfile(PodRule):
    """A pod or container switches its system call filter off.

    ## Why
    `seccompProfile.type: Unconfined` lets a process make every system call of the node's kernel, also where the
    kubelet would have given it a profile. Most escapes go through a system call that no service needs. A program that
    truly needs one gets a profile of its own (`Localhost`). Pod Security `baseline` refuses it.

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
          securityContext:
            seccompProfile:
              type: Unconfined # here
          containers:
            - name: web
              image: example/web:1.2.0
            - name: debug
              image: example/debug:1.2.0
              securityContext:
                seccompProfile:
                  type: unconfined # here
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
            seccompProfile:
              type: RuntimeDefault
          containers:
            - name: web
              image: example/web:1.2.0
            - name: tracer
              image: example/tracer:1.2.0
              securityContext:
                seccompProfile:
                  type: Localhost
                  localhostProfile: profiles/tracer.json
    ```
    """

    id = "unconfined-seccomp-profile"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    pod_security = Profile.PSS_BASELINE
    keys = ("seccompProfile",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at every profile that is given; only the runtime's own and those of a file confine."""
        if self.options.pod_security == "restricted" and text(pod.body, "os", "name") == "windows":
            return
        for title, context, at in contexts(pod):
            if isinstance(context.get("seccompProfile"), dict):
                kind = get(context, "seccompProfile", "type")
                if kind not in ("RuntimeDefault", "Localhost"):
                    yield self.fault(
                        Place.on(obj, at / "seccompProfile" / "type"),
                        f"{title} sets the seccomp profile to {kind!r}"
                        if kind
                        else f"{title} names no seccomp profile",
                        help="set seccompProfile.type: RuntimeDefault, or write a profile with what the program needs",
                        fix=Fix(
                            "use the runtime's seccomp profile",
                            (SetField(at / "seccompProfile" / "type", "RuntimeDefault"),),
                            safe=False,
                        ),
                    )
