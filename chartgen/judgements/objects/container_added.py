"""The judgement: a workload has a container that it did not have."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._containers import missing
from chartgen.kube.access import WORKLOADS


class ContainerAdded(PairJudgement):
    """A workload has a container that it did not have.

    ## Why
    There is another image to mirror and to scan, pods ask for more, and start later when it is an init container.
    Nothing that worked stops working.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
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
    kind: Deployment
    metadata:
      name: web
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
            - name: proxy # here
              image: "proxy:2.0"
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: main
              image: "web:1.0"
    ```
    """

    id = "container-added"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    kinds = WORKLOADS
    renamed = True

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at each container that is new, unless it is an old one with another name."""
        for one, other in missing(pair.new, pair.old):
            if other is None:
                yield self.verdict(f"the {one.title} is new ({one.image})", new=At.on(pair.new, one.at("name")))
