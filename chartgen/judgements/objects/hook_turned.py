"""The judgement: an object of the release became a hook, or a hook became one of the release."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.location import Pointer


class HookTurned(PairJudgement):
    """An object of the release became a hook, or a hook became one of the release.

    ## Why
    Hooks are not part of a release. An object that becomes one is deleted by the upgrade and made again by the
    hook; one that was a hook is in the cluster already and not the release's, so the upgrade fails with "invalid
    ownership metadata" until somebody deletes or adopts it.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
      annotations: {team: front} # here
    data: {a: x}
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
      annotations: {helm.sh/hook: pre-upgrade} # here
    data: {a: x}
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
      annotations: {team: back}
    data: {a: x}
    ```
    """

    id = "hook-turned"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "everyone who upgrades: the object is deleted, or Helm refuses to take it over"
    advice = "tell to delete or adopt it before the upgrade"
    hooks = True

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at the annotations of both."""
        if bool(pair.old.hooks) is bool(pair.new.hooks):
            return
        at = Pointer(("metadata", "annotations"))
        when = ", ".join(sorted(pair.new.hooks))
        told = f"is a hook now ({when})" if when else "is no hook any more"
        yield self.verdict(told, old=At.on(pair.old, at), new=At.on(pair.new, at))
