"""The judgement: what a ConfigMap or a file in a Secret says changed."""

from collections.abc import Iterator

from chartgen.changes import ABSENT, Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.fields import FieldChange, field_changes
from chartgen.compare.normal import embedded
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._fields import listed, told
from chartgen.judgements.objects._secrets import is_credential


class ConfigurationChanged(PairJudgement):
    """What a ConfigMap or a file in a Secret says changed.

    ## Why
    The application is configured otherwise by default. Files of YAML or JSON are compared as data: the order of
    keys, comments and quotes are no change. opentelemetry-collector 0.47.0 listened on another address then,
    prometheus 27.0 was major. What is in Secrets is not shown.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      app.yaml: | # here
        port: 80
        log: {level: info}
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      app.yaml: | # here
        port: 8080
        log: {level: info}
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      app.yaml: |
        # the same
        log:
          level: info
        port: 80
    ```
    """

    id = "configuration-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "those who rely on what was configured"
    kinds = frozenset({"ConfigMap", "Secret"})
    renamed = True

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at each entry that says something else, or is new."""
        for change in (*pair.under("data"), *pair.under("binaryData")):
            is_secret = pair.kind == "Secret"
            if change.after is ABSENT or (is_secret and is_credential(change.path[-1], change.after)):
                continue
            what = f"{change.path[-1]} is new" if change.before is ABSENT else _told(change, is_secret)
            yield self.verdict(what, old=At.on(pair.old, change.old), new=At.on(pair.new, change.new))


def _told(change: FieldChange, is_secret: bool) -> str:
    before, after = embedded(change.before), embedded(change.after)
    if is_secret or before is None or after is None:
        return f"{change.path[-1]} says something else"
    return f"{change.path[-1]}: {listed(map(told, field_changes(before, after)))}"
