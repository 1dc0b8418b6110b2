"""The judgement: a password, token or key is made up anew at each rendering."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.normal import written
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.compare.unstable import looks_up
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._secrets import regenerated
from chartgen.location import Pointer


class SecretRegenerated(PairJudgement):
    """A password, token or key is made up anew at each rendering.

    ## Why
    Every upgrade replaces it, also those that change nothing else, and logins that worked fail. A template that
    looks first whether the cluster has one (``lookup``) keeps it. Two renderings of the new chart show it; what the
    old chart did as well is no event.

    ## Before
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    stringData:
      password: admin # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    stringData:
      password: {{ randAlphaNum 20 | quote }} # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    stringData:
      password: {{ 12345 | quote }}
    ```
    """

    id = "secret-regenerated"
    level = Level.MAJOR
    hurts = "those who log in: each upgrade changes the password"
    advice = "look first what the cluster has ('lookup'), or ask for a value"
    kinds = frozenset({"Secret"})
    renamed = True

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at each entry that is made up now and was not before."""
        before = {path[1] for path in scenario.unstable[0].get(pair.old, ()) if len(path) > 1}
        for key in regenerated(pair):
            if key not in before and not looks_up(both.new.chart):
                at = Pointer(("data", key))
                yield self.verdict(
                    f"{key!r} is made up anew at each rendering",
                    old=At.on(pair.old, written(pair.old, at)),
                    new=At.on(pair.new, written(pair.new, at)),
                )
