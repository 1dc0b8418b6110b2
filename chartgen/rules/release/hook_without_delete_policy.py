"""Hooks that stay behind."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext

_HOOK = "helm.sh/hook"
_MEANT_TO_STAY = ("CustomResourceDefinition", "Namespace", "PersistentVolumeClaim")


class HookWithoutDeletePolicy(ObjectRule):
    """A hook does not say when it is deleted.

    ## Why
    Helm does not own its hooks: without a policy their objects stay in the cluster after `helm uninstall`, and are only
    replaced when the hook runs again.

    ## Bad
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
      annotations:
        helm.sh/hook: pre-upgrade # here
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
      annotations:
        helm.sh/hook: pre-upgrade
        helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: example/web:1.2.0
    ```
    """

    id = "hook-without-delete-policy"
    severity = Severity.INFO
    profile = Profile.STRICT
    keys = ("helm.sh/hook",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find a hook without the annotation ``helm.sh/hook-delete-policy``; what holds data is meant to stay."""
        if obj.kind in _MEANT_TO_STAY or "crd-install" in obj.hooks:
            return
        if obj.hooks and "helm.sh/hook-delete-policy" not in obj.annotations:
            yield self.fault(
                Place.on(obj, Pointer(("metadata", "annotations", _HOOK))),
                f"the {', '.join(sorted(obj.hooks))} hook stays in the cluster when it is done",
                help="add the annotation helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded",
                fix=Fix(
                    "delete the hook when it has succeeded",
                    (
                        SetField(
                            Pointer(("metadata", "annotations", "helm.sh/hook-delete-policy")),
                            "before-hook-creation,hook-succeeded",
                        ),
                    ),
                ),
            )
