"""The judgement about values that have another name or place."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_values, named


class ValuesKeyMoved(ChartJudgement):
    """A value was renamed or moved, and the old name is not read any more.

    ## Why
    What users have set under the old name is silently ignored. grafana 7.0.0 moved ``global.image.registry``, traefik
    41.0.0 ships a script that rewrites its users' values.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      scrape: {{ .Values.scrape_configs | toYaml | quote }}
    ```
    ```yaml
    # values.yaml
    scrape_configs: [] # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      scrape: {{ .Values.scrapeConfigs | toYaml | quote }}
    ```
    ```yaml
    # values.yaml
    scrapeConfigs: [] # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      scrape: {{ default .Values.scrape_configs .Values.scrapeConfigs | toYaml | quote }}
    ```
    ```yaml
    # values.yaml
    scrapeConfigs: []
    ```

    ## Before: a map that moved as a whole
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: {{ .Values.service.type }}
      externalTrafficPolicy: {{ .Values.service.trafficPolicy }}
    ```
    ```yaml
    # values.yaml
    service: # here
      type: ClusterIP
      trafficPolicy: Local
    ```

    ## After: it is below another map
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: {{ .Values.server.service.type }}
      externalTrafficPolicy: {{ .Values.server.service.trafficPolicy }}
    ```
    ```yaml
    # values.yaml
    server:
      service: # here
        type: ClusterIP
        trafficPolicy: Local
    ```
    """

    id = "values-key-moved"
    level = Level.MAJOR
    hurts = "whoever sets it under the old name: the value is silently ignored"
    advice = "set the new name in place of the old one"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the key on both sides."""
        for gone in both.values.removed:
            if gone.use == "named" and gone.moved_to and not gone.still_read:
                yield self.verdict(
                    f"{named(gone.parts)} is now {named(gone.moved_to)}",
                    old=in_values(both.old, gone.parts),
                    new=in_values(both.new, gone.moved_to),
                    advice=f"set {named(gone.moved_to)} in place of {named(gone.parts)}",
                )
