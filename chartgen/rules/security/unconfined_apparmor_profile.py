"""Containers whose AppArmor profile is switched off."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import PodSpec, get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.security._contexts import contexts

_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/"


class UnconfinedApparmorProfile(PodRule):
    """A pod or container switches AppArmor off.

    ## Why
    On nodes with AppArmor the runtime confines every container by a default profile: no writing to `/proc/sys`, no
    mounting. `Unconfined` takes that away. Pod Security `baseline` allows the runtime's profile and those loaded on
    the node (`Localhost`); the old annotation says the same as the field, which exists since Kubernetes 1.30.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      annotations:
        container.apparmor.security.beta.kubernetes.io/web: unconfined # here
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
        - name: agent
          image: example/agent:1.2.0
          securityContext:
            appArmorProfile:
              type: Unconfined # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      annotations:
        container.apparmor.security.beta.kubernetes.io/web: runtime/default
    spec:
      securityContext:
        appArmorProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: example/web:1.2.0
    ```
    """

    id = "unconfined-apparmor-profile"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    pod_security = Profile.PSS_BASELINE
    keys = ("appArmorProfile", "annotations")

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at every profile that is given, in fields and in annotations."""
        for title, context, at in contexts(pod):
            if isinstance(context.get("appArmorProfile"), dict):
                kind = get(context, "appArmorProfile", "type")
                if kind not in ("RuntimeDefault", "Localhost"):
                    yield self._unconfined(obj, at / "appArmorProfile" / "type", title, kind)
        for key, value in pod.annotations.items():
            if key.startswith(_ANNOTATION) and not _confines(value):
                at = pod.labels_pointer.parent / "annotations" / key
                yield self._unconfined(obj, at, f"container {key.removeprefix(_ANNOTATION)!r}", value)

    def _unconfined(self, obj: RenderedObject, at: Pointer, title: str, profile: object) -> Fault:
        return self.fault(
            Place.on(obj, at),
            f"{title} sets the AppArmor profile to {profile!r}" if profile else f"{title} names no AppArmor profile",
            help="remove it, or set appArmorProfile.type: RuntimeDefault",
            fix=Fix(
                "use the runtime's AppArmor profile",
                (SetField(at, "RuntimeDefault" if at.parts[-1] == "type" else "runtime/default"),),
                safe=False,
            ),
        )


def _confines(profile: object) -> bool:
    """Whether the value of an annotation leaves a container confined; an empty one says nothing."""
    return not isinstance(profile, str) or profile in ("", "runtime/default") or profile.startswith("localhost/")
