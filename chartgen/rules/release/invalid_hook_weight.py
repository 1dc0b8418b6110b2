"""Weights of hooks that count for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.release._hooks import HOOK, WEIGHT, annotation

_NUMBER = r"[+-]?[0-9]{1,18}\Z"


class InvalidHookWeight(ObjectRule):
    """A hook's weight is not a whole number.

    ## Why
    Helm takes it for 0 without a word, and the hooks run in another order than the one that is written.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
      annotations:
        helm.sh/hook: pre-install
        helm.sh/hook-weight: "-5.5" # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
      annotations:
        helm.sh/hook: pre-install
        helm.sh/hook-weight: "-5"
    ```
    """

    id = "invalid-hook-weight"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    keys = (WEIGHT,)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Read the weight as Go's ``strconv.Atoi`` does; what is no text is left to unquoted-string."""
        value = obj.annotations.get(WEIGHT)
        if HOOK in obj.annotations and isinstance(value, str) and not re.match(_NUMBER, value):
            yield self.fault(
                Place.on(obj, annotation(WEIGHT)),
                f"the hook's weight {value!r} is no whole number and counts as 0",
                help='write it as "-5" or "10"',
            )
