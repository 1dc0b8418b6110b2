"""Keys given twice in a rendered object."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveDuplicates
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule


class DuplicateKey(ScenarioRule):
    """A rendered object gives a key twice.

    ## Why
    YAML forbids it. Helm silently takes the last one, so one of the two settings is lost; Flux, kustomize and
    strict readers refuse the object. It usually comes from a key in the template and the same key in values that
    are added with `toYaml`.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      labels:
        app: web
        {{- toYaml .Values.labels | nindent 4 }} # here
    ```
    ```yaml
    # values.yaml
    labels:
      app: shop
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      labels:
        {{- toYaml (merge .Values.labels (dict "app" "web")) | nindent 4 }}
    ```
    ```yaml
    # values.yaml
    labels:
      app: shop
    ```
    """

    id = "duplicate-key"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    troubles = ("duplicate-key",)

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report the second of two equal keys."""
        for obj, duplicate in ctx.parsed.duplicates:
            yield self.fault(
                Place.on(obj, duplicate.pointer, key=True),
                f"{duplicate.pointer.dotted} is given twice; the last one wins",
                help="remove one of the two",
                fix=Fix("remove the first of the two", (RemoveDuplicates(duplicate.pointer),)),
            )
