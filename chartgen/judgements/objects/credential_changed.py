"""The judgement: a default password, token or key is not what it was."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._secrets import credentials


class CredentialChanged(PairJudgement):
    """A default password, token or key is not what it was.

    ## Why
    Logins that worked fail after the upgrade, and what was encrypted with a key cannot be read any more: kube-
    prometheus-stack 79.0.0 for grafana's password, argo-cd 6.10.0 for redis. What comes out different at each
    rendering is for secret-regenerated. Values are not shown.

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
      password: s3cret # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    data:
      password: YWRtaW4=
    ```
    """

    id = "credential-changed"
    level = Level.MAJOR
    hurts = "those who log in with the default, or whose data is encrypted with it"
    advice = "set the old value to keep it, and change it afterwards"
    kinds = frozenset({"Secret"})
    renamed = True

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at each of them; what is set to see what becomes of it is no default."""
        for change in () if scenario.sample else credentials(pair, removed=False):
            yield self.verdict(
                f"the default {change.path[1]!r} is another one",
                old=At.on(pair.old, change.old),
                new=At.on(pair.new, change.new),
            )
