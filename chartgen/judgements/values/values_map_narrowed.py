"""The judgement about maps of which only some keys are read."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.objects._told import listed
from chartgen.judgements.values._places import common_maps, in_values, named


class ValuesMapNarrowed(ChartJudgement):
    """A map that was passed on with all that users write into it is read key by key.

    ## Why
    values.yaml is as before, and so is what the defaults render. Whoever has written another key into the map, which
    Kubernetes or the application knows and the template does not, sets nothing by it any more.

    ## Before
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      securityContext: {{- toYaml .Values.securityContext | nindent 8 }}
      containers:
        - name: web
          image: "web:1.0"
    ```
    ```yaml
    # values.yaml
    securityContext: # here
      runAsUser: 1000
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      securityContext:
        runAsUser: {{ .Values.securityContext.runAsUser }}
      containers:
        - name: web
          image: "web:1.0"
    ```
    ```yaml
    # values.yaml
    securityContext: # here
      runAsUser: 1000
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      {{- if .Values.securityContext.runAsUser }}
      securityContext: {{- toYaml .Values.securityContext | nindent 8 }}
      {{- end }}
      containers:
        - name: web
          image: "web:1.0"
    ```
    ```yaml
    # values.yaml
    securityContext:
      runAsUser: 1000
    ```
    """

    id = "values-map-narrowed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever has other keys in it: they are silently ignored"
    advice = "say which keys are read, or pass on the rest as well"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the map on both sides."""
        if not both.values.is_certain:
            return
        old, new = both.values.old, both.values.new
        for parts in common_maps(both.old.values, both.new.values):
            if old.is_dependency(parts) or not (old.is_used_whole(parts) and old.holds_free_keys(parts)):
                continue
            fields = new.fields_of(parts)
            if fields and not new.is_used_whole(parts) and not new.uses_items_whole(parts) and not new.is_free(parts):
                are = "is" if len(fields) == 1 else "are"
                yield self.verdict(
                    f"of {named(parts)}, which was passed on as it is, only {listed(sorted(fields))} {are} read now",
                    old=in_values(both.old, parts),
                    new=in_values(both.new, parts),
                )
