"""The judgement: an entry of a ConfigMap or Secret is gone, or has another name."""

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._roles import is_own
from chartgen.judgements.objects._told import counterpart, listed
from chartgen.kube.access import mapping


class DataKeyRemoved(PairJudgement):
    """An entry of a ConfigMap or Secret is gone, or has another name.

    ## Why
    Whoever mounts the entry or takes a variable from it finds nothing, and pods do not start: prometheus-mysql-
    exporter 2.0.0, promtail 3.0.0. Of a ConfigMap that pods of the chart read themselves, hardly anybody else uses
    an entry, and a minor version is enough.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      a.conf: x # here
      b.conf: x
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      b.conf: x
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      a.conf: y
      b.conf: x
    ```
    """

    id = "data-key-removed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those who mount the entry or read it by its name"
    advice = "keep the old name beside the new one, or tell of it"
    kinds = frozenset({"ConfigMap", "Secret"})
    renamed = True

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at the first entry that is gone."""
        found = [*pair.under("data"), *pair.under("binaryData")]
        gone = [change for change in found if change.after is ABSENT and len(change.path) == 2]
        if not gone:
            return
        own = pair.kind == "ConfigMap" and is_own(pair.old, scenario.old.parsed.objects)
        own = own or {change.path[1] for change in gone} <= _come(scenario, pair.kind)
        old, new = counterpart(gone[0], found)
        names = listed(repr(change.path[1]) for change in gone)
        yield self.verdict(
            f"the entr{'y' if len(gone) == 1 else 'ies'} {names} {'is' if len(gone) == 1 else 'are'} gone",
            old=At.on(pair.old, old),
            new=At.on(pair.new, new),
            level=Level.MINOR if own else None,
            hurts="hardly anybody: the chart's own pods read it, or it is in another object" if own else "",
        )


def _come(scenario: ScenarioComparison, kind: str) -> frozenset[str]:
    """The entries that came to objects of a kind: what is gone from one may be in another, as dashboards are."""
    changes = (change for pair in scenario.pairs if pair.kind == kind for change in pair.under("data"))
    fresh = {change.path[1] for change in changes if change.before is ABSENT and len(change.path) > 1}
    return frozenset(fresh.union(*(mapping(obj.body, "data") for obj in scenario.added if obj.kind == kind)))
