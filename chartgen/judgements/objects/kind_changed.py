"""The judgement: an object of another kind took the place of one with the same name."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ScenarioComparison
from chartgen.judgements.base import At, ScenarioJudgement, Verdict
from chartgen.judgements.objects._roles import is_referred_to
from chartgen.location import Pointer


class KindChanged(ScenarioJudgement):
    """An object of another kind took the place of one with the same name.

    ## Why
    The upgrade deletes the old object and makes a new one: a Deployment that becomes a StatefulSet is down in
    between and starts with empty volumes (jenkins 3.0.0), a ConfigMap that becomes a Secret is no longer where
    others mount it from (promtail 3.0.0).

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web # here
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.0"
    ```

    ## After
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: web # here
    spec:
      serviceName: web
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.0"
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.0"
    ```
    """

    id = "kind-changed"
    level = Level.MAJOR
    hurts = "everyone who upgrades: the old object is deleted, the new one starts anew"
    advice = "tell of the downtime, and how to move the data"

    def check(self, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Tell of each object whose place was taken."""
        at = Pointer(("metadata", "name"))
        for pair in scenario.replaced:
            if pair.old.hooks or pair.new.hooks:
                continue
            same = pair.old.kind == pair.new.kind
            moved = f"is of {pair.new.api_version} now, not of {pair.old.api_version}"
            yield self.verdict(
                moved if same else f"was a {pair.old.kind}",
                old=At.on(pair.old, at),
                new=At.on(pair.new, at),
                level=None if is_referred_to(pair.old) else Level.MINOR,
            )
