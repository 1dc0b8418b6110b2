"""Claims that a hook deletes with what is in them."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.release._hooks import DELETE, HOOK, annotation, entries, events

_AGAIN = frozenset({"pre-upgrade", "post-upgrade", "pre-rollback", "post-rollback"})


class HookDeletesClaim(ObjectRule):
    """A PersistentVolumeClaim is a hook, and each upgrade deletes it.

    ## Why
    Before a hook is created again Helm deletes the one that is there, unless another policy says otherwise, and with
    `hook-succeeded` it deletes it at once. The data goes with the claim, or, while a pod still uses it, the upgrade
    waits until the time is up. `helm.sh/resource-policy: keep` does not count for hooks.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
      annotations:
        helm.sh/hook: pre-install,pre-upgrade # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
      annotations:
        helm.sh/resource-policy: keep
    ```
    """

    id = "hook-deletes-claim"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"PersistentVolumeClaim"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find claims that are hooks of an upgrade and are deleted by it, or by any event that succeeds."""
        policies = entries(obj, DELETE) or ("before-hook-creation",)
        again = sorted(events(obj) & _AGAIN) if "before-hook-creation" in policies else []
        if again or (events(obj) and "hook-succeeded" in policies):
            when = f"before each {again[0]}" if again else "as soon as it is there"
            yield self.fault(
                Place.on(obj, annotation(HOOK)),
                f"is a hook that Helm deletes {when}, with the data in it",
                help="make it an ordinary object with helm.sh/resource-policy: keep",
            )
