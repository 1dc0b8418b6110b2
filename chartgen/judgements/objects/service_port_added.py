"""The judgement: a Service has a port that it did not have."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._ports import ports


class ServicePortAdded(PairJudgement):
    """A Service has a port that it did not have.

    ## Why
    Nothing that worked stops working. Network policies and load balancers may have to let it through.

    ## Before
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector: {app: web}
      ports:
        - name: http
          port: 80
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector: {app: web}
      ports:
        - name: http
          port: 80
        - name: metrics
          port: 9090 # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector: {app: web}
      ports:
        - name: web
          port: 80
    ```
    """

    id = "service-port-added"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    kinds = frozenset({"Service"})

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at each new port, unless it is an old one with another number."""
        old, new = ports(pair.old.body), ports(pair.new.body)
        gone = {port.name for number, port in old.items() if number not in new}
        for number, port in new.items():
            if number not in old and (not port.name or port.name not in gone):
                yield self.verdict(f"port {port.label} is new", new=At.on(pair.new, port.pointer / "port"))
