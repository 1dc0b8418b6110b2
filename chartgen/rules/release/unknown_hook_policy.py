"""Policies of hooks that have no effect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.nearest import nearest
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.release._hooks import DELETE, HOOK, OUTPUT, annotation, entries

_KNOWN = {
    DELETE: ("before-hook-creation", "hook-succeeded", "hook-failed"),
    OUTPUT: ("hook-succeeded", "hook-failed"),
}


class UnknownHookPolicy(ObjectRule):
    """A hook has a policy that Helm does not know.

    ## Why
    Helm compares the names and passes over the others: the hook stays in the cluster, or its log is never shown. Since
    a policy is given, `before-hook-creation` no longer applies by itself, and the next run ends with `already exists`.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: check
      annotations:
        helm.sh/hook: test
        helm.sh/hook-delete-policy: hook-success # here
    spec:
      restartPolicy: Never
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
        helm.sh/hook-delete-policy: hook-succeeded
    spec:
      restartPolicy: Never
      containers:
        - name: check
          image: example/check:1.2.0
    ```
    """

    id = "unknown-hook-policy"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    keys = (DELETE, OUTPUT)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the policies for deleting and for logs with those that Helm has."""
        for key, known in _KNOWN.items() if HOOK in obj.annotations else ():
            for name in entries(obj, key):
                if name not in known:
                    meant = nearest(name, known)
                    yield self.fault(
                        Place.on(obj, annotation(key)),
                        f"Helm knows no {key.removeprefix('helm.sh/')} {name!r}",
                        help=f"write '{meant}'" if meant else f"use {', '.join(known)}",
                        fix=_fix(obj, key, name, meant) if meant else None,
                    )


def _fix(obj: RenderedObject, key: str, name: str, meant: str) -> Fix:
    value = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", meant, str(obj.annotations[key]))
    return Fix(f"write {meant}", (SetField(annotation(key), value),))
