"""Hooks that Helm waits for in vain."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext

_POLICY = Pointer(("spec", "restartPolicy"))


class HookPodNeverEnds(ObjectRule):
    """A pod that is a hook or a test is started again whenever it ends.

    ## Why
    Helm waits until the pod has succeeded. With `restartPolicy: Always`, which is the default, it never does: the test
    or the upgrade ends when the time is up.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: check
      annotations:
        helm.sh/hook: test
    spec: # here
      containers:
        - name: check
          image: example/check:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: check
      annotations:
        helm.sh/hook: test
    spec:
      restartPolicy: Never
      containers:
        - name: check
          image: example/check:1.2.0
    ```
    """

    id = "hook-pod-never-ends"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"Pod"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the restart policy of bare pods; the API refuses ``Always`` in a Job."""
        given = text(obj.body, "spec", "restartPolicy")
        if obj.hooks and given in ("", "Always"):
            yield self.fault(
                Place.on(obj, _POLICY),
                f"the {', '.join(sorted(obj.hooks))} hook is started again whenever it ends, so Helm waits in vain",
                help="set restartPolicy: Never",
                fix=Fix("let the pod end", (SetField(_POLICY, "Never"),)),
            )
