"""The judgement about lists whose items look different."""

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import lookup
from chartgen.compare.usage import keys_made_items
from chartgen.judgements._words import CONTEXT
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_values, named
from chartgen.templates.abstract import ANY, Parts


class ValuesItemReshaped(ChartJudgement):
    """The items of a list or map are read in another way: plain text became a map, or their keys are others.

    ## Why
    The key is still there and the items that users have do not fit: they render nothing, or something broken. mailhog
    5.0.0 and keycloak 14.0.0 changed the paths of their ingress so.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      {{- range $index, $path := .Values.paths }}
      path-{{ $index }}: {{ $path | quote }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    paths: [] # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      {{- range $index, $path := .Values.paths }}
      path-{{ $index }}: {{ $path.path | quote }}
      type-{{ $index }}: {{ $path.type | quote }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    paths: [] # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      {{- range $index, $path := .Values.paths }}
      path-{{ $index }}: {{ $path | trim | quote }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    paths: []
    ```

    ## Before: the keys of a map become flags
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: "web:1.0"
          args:
            - serve
            {{- range $key, $value := .Values.extraArgs }}
            - --{{ $key }}={{ $value }}
            {{- end }}
    ```
    ```yaml
    # values.yaml
    extraArgs: {} # here
    ```

    ## After: flags are written out
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: "web:1.0"
          args:
            - serve
            {{- with .Values.extraArgs }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
    ```
    ```yaml
    # values.yaml
    extraArgs: {} # here
    ```
    """

    id = "values-item-reshaped"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever has items of the old form"
    advice = "write the items in their new form"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the list on both sides."""
        if not both.values.is_certain:
            return
        places = keys_made_items(both.old.analysis) | keys_made_items(both.new.analysis)
        places |= {parts[: parts.index(ANY)] for parts in both.old.analysis.reads.touched if ANY in parts}
        for parts in sorted(places):
            if parts and all(lookup(side.values, parts) is not ABSENT for side in (both.old, both.new)):
                told = self._told(both, parts)
                if told:
                    yield self.verdict(
                        f"the items of {named(parts)} {told}",
                        old=in_values(both.old, parts),
                        new=in_values(both.new, parts),
                    )

    def _told(self, both: Comparison, parts: Parts) -> str:
        """What became of the items, or ``""``."""
        old, new = both.values.old, both.values.new
        if both.values.old.is_dependency(parts) or new.is_inspected((*parts, ANY)):
            return ""
        were, are = (parts in keys_made_items(side.analysis) for side in (both.old, both.new))
        if were is not are and old.reads(parts) and new.reads(parts) and not new.is_inspected(parts):
            return "are the keys of a map now" if are else "were the keys of a map, and are not any more"
        before, after = old.fields_of_items(parts), new.fields_of_items(parts)
        whole = new.uses_items_whole(parts) or new.is_used_whole(parts)
        if old.uses_items_whole(parts) and not before and after and not whole:
            return f"were used as they are, and have keys now ({', '.join(sorted(after))})"
        lost = sorted(before - after - CONTEXT)  # ".Release" of an item is a mistake that was put right
        if lost and after and not whole:
            return f"have keys that are not read any more ({', '.join(lost)})"
        return ""
