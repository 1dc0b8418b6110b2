"""The judgement: a container of a workload is gone, or has another name."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._containers import missing
from chartgen.kube.access import WORKLOADS


class ContainerRemoved(PairJudgement):
    """A container of a workload is gone, or has another name.

    ## Why
    ``kubectl logs -c``, patches, policies and dashboards name containers, and what a sidecar did is done no more:
    jenkins 3.0.0 renamed its containers, opentelemetry-operator 0.110.0 dropped kube-rbac-proxy. Init containers
    are the chart's own affair and ask for a minor version.

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
            - name: proxy # here
              image: "proxy:2.0"
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
            - name: web
              image: "web:1.1"
            - name: proxy
              image: "proxy:2.0"
    ```
    """

    id = "container-removed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those who name the container in commands, patches or policies, or need what it did"
    advice = "tell the new name, or what takes its place"
    kinds = WORKLOADS

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at each container that is not there, and at the one with the same image that is new."""
        for one, other in missing(pair.old, pair.new):
            what = f"is called {other.name!r} now" if other else "is gone"
            yield self.verdict(
                f"the {one.title} {what}",
                old=At.on(pair.old, one.at("name")),
                new=At.on(pair.new, other.at("name")) if other else None,
                level=Level.MINOR if one.role == "init" else None,
            )
