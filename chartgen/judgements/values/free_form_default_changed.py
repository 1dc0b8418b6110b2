"""The judgement about what stands by default in maps that are the user's own."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._defaults import FREE, defaults
from chartgen.judgements.values._places import in_values, named, objects


class FreeFormDefaultChanged(ChartJudgement):
    """What stands by default in a map that templates only pass on is something else.

    ## Why
    The keys of such a map (``resources``, ``securityContext``, annotations) are not the chart's but Kubernetes': one
    that is gone from values.yaml can still be set. It is a default that changed, as in ingress-nginx 4.8.4.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data: {{- toYaml .Values.settings | nindent 2 }}
    ```
    ```yaml
    # values.yaml
    settings: # here
      level: info
      colour: "true"
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data: {{- toYaml .Values.settings | nindent 2 }}
    ```
    ```yaml
    # values.yaml
    settings: # here
      level: info
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.settings.level }}
    ```
    ```yaml
    # values.yaml
    settings:
      level: info
    ```
    """

    id = "free-form-default-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the map, or at the key that came or went."""
        for one in defaults(both, FREE):
            felt = objects(both, one.parts)
            silent = one.parts in both.effects and not felt
            yield self.verdict(
                f"what {named(one.parts)} holds by default changed" + (f", and with it {felt}" if felt else ""),
                old=in_values(both.old, one.parts),
                new=in_values(both.new, one.parts),
                level=Level.PATCH if silent else None,
            )
        for gone in both.values.removed:
            if gone.use == "free" and gone.still_read:
                yield self.verdict(
                    f"{named(gone.parts)} is not set by default any more", old=in_values(both.old, gone.parts)
                )
        for came in both.values.added:
            if came.use == "free" and came.known:
                yield self.verdict(f"{named(came.parts)} is set by default", new=in_values(both.new, came.parts))
