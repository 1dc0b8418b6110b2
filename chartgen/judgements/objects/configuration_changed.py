"""The judgement: what a ConfigMap or a file in a Secret says changed."""

from collections.abc import Iterator, Sequence

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.fields import FieldChange, field_changes
from chartgen.compare.normal import embedded
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._secrets import is_credential
from chartgen.judgements.objects._told import listed, told

_MOST = 3


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
        """Point at the first entry that says something else, or is new."""
        is_secret = pair.kind == "Secret"
        found = [
            change
            for change in (*pair.under("data"), *pair.under("binaryData"))
            if change.after is not ABSENT and not (is_secret and is_credential(change.path[-1], change.after))
        ]
        if found:
            yield self.verdict(
                "; ".join(_told(found, is_secret)),
                old=At.on(pair.old, found[0].old),
                new=At.on(pair.new, found[0].new),
            )


def _told(found: Sequence[FieldChange], is_secret: bool) -> Iterator[str]:
    """What is new, then what says something else; of YAML and JSON, what of it."""
    fresh = [change.path[-1] for change in found if change.before is ABSENT]
    if fresh:
        yield f"{listed(fresh)} {'are' if len(fresh) > 1 else 'is'} new"
    changed = [change for change in found if change.before is not ABSENT]
    for change in changed[:_MOST]:
        before, after = embedded(change.before), embedded(change.after)
        if is_secret or before is None or after is None:
            yield f"{change.path[-1]} says something else"
        else:
            yield f"{change.path[-1]}: {listed(map(told, field_changes(before, after)))}"
    if len(changed) > _MOST:
        yield f"{len(changed) - _MOST} more say something else"
