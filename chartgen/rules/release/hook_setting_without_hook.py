"""Settings for hooks at objects that are none."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.release._hooks import DELETE, HOOK, OUTPUT, WEIGHT, annotation


class HookSettingWithoutHook(ObjectRule):
    """An object has a hook's weight or delete policy and is not a hook.

    ## Why
    Without `helm.sh/hook` Helm creates the object with all others, and the settings mean nothing: it neither comes
    first nor goes when it is done.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: migrate
      annotations:
        helm.sh/hook-weight: "-10" # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: migrate
      annotations:
        helm.sh/hook: pre-install,pre-upgrade
        helm.sh/hook-weight: "-10"
    ```
    """

    id = "hook-setting-without-hook"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    keys = (WEIGHT, DELETE, OUTPUT)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for the settings at objects without ``helm.sh/hook``."""
        found = [key for key in (WEIGHT, DELETE, OUTPUT) if key in obj.annotations]
        if found and HOOK not in obj.annotations:
            yield self.fault(
                Place.on(obj, annotation(found[0]), key=True),
                f"has {found[0]} and is no hook",
                help=f"add {HOOK}, or remove {' and '.join(found)}",
                fix=Fix("remove what only hooks need", tuple(RemoveField(annotation(key)) for key in found)),
            )
