"""The judgement about values that have a new name beside the old one."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_values, named


class ValuesKeySuperseded(ChartJudgement):
    """A value has a new name, and templates still read the old one.

    ## Why
    What users have set keeps working; the new name is something new. vault 0.21.0 put ``global.externalVaultAddr`` in
    place of ``injector.externalVaultAddr`` in this way.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      address: {{ .Values.externalAddress | quote }}
    ```
    ```yaml
    # values.yaml
    externalAddress: https://vault.example.org # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      address: {{ .Values.externalAddress | default .Values.global.externalAddress | quote }}
    ```
    ```yaml
    # values.yaml
    global:
      externalAddress: https://vault.example.org # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      address: {{ .Values.global.externalAddress | quote }}
    ```
    ```yaml
    # values.yaml
    global:
      externalAddress: https://vault.example.org
    ```
    """

    id = "values-key-superseded"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    advice = "set the new name; the old one still works"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the old and the new name."""
        for gone in both.values.removed:
            if gone.use == "named" and gone.moved_to and gone.still_read:
                yield self.verdict(
                    f"{named(gone.parts)} is now called {named(gone.moved_to)}, and still read",
                    old=in_values(both.old, gone.parts),
                    new=in_values(both.new, gone.moved_to),
                )
