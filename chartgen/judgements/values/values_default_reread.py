"""The judgement about defaults that are written in another way."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import lookup
from chartgen.judgements._words import shown
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_values, named


class ValuesDefaultReread(ChartJudgement):
    """A default is written in another way, and means something else in the old one.

    ## Why
    The chart renders with its new default (``30s``) what it did with the old one (``30``), because a template makes up
    for it; so nothing differs for those who leave the value alone. Whoever has copied the default into their values, or
    set another in the same manner, gets something else. The new chart is rendered with each old default to see that,
    also where switches beside it are turned on.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      timeout: {{ .Values.timeout }}s
    ```
    ```yaml
    # values.yaml
    timeout: 30 # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      timeout: {{ .Values.timeout }}
    ```
    ```yaml
    # values.yaml
    timeout: 30s # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      timeout: {{ .Values.timeout }}s
    ```
    ```yaml
    # values.yaml
    timeout: 60
    ```

    ## Before: a version in a text
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      web.toml: |
        helper = "web-helper:{{ .Values.image.tag }}"
    ```
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: web
    version: 1.0.0
    appVersion: 18.1.0
    ```
    ```yaml
    # values.yaml
    image:
      tag: 18.1.0-r0
    ```

    ## Not this: a version in a text
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      web.toml: |
        helper = "web-helper:{{ .Values.image.tag }}"
    ```
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: web
    version: 1.0.1
    appVersion: 18.1.1
    ```
    ```yaml
    # values.yaml
    image:
      tag: 18.1.1-r0
    ```
    """

    id = "values-default-reread"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever sets it"
    advice = "tell how to write what is set"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the default on both sides."""
        for parts, (ref, field, under) in both.rereads.items():
            was = shown(lookup(both.old.values, parts))
            what = f"is another ({field})" if field else "is not there"
            besides = "" if under == both.scenarios[0].name else f" and {under}"
            yield self.verdict(
                f"{named(parts)} is read otherwise: with {was} as before{besides}, {ref} {what}",
                old=in_values(both.old, parts),
                new=in_values(both.new, parts),
            )
