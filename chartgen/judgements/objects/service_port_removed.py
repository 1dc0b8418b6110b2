"""The judgement: a port of a Service is gone, or has another number."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._ports import ports
from chartgen.location import Pointer


class ServicePortRemoved(PairJudgement):
    """A port of a Service is gone, or has another number.

    ## Why
    Whoever connects to the old number is refused. traefik 33.0.0 moved a port from 9000 to 8080, and the policy of
    grafana's mimir counts ports among what must stay.

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
          port: 9000 # here
          targetPort: http
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
          port: 8080 # here
          targetPort: http
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
        - name: http
          port: 9000
          targetPort: 8080
        - name: admin
          port: 9001
    ```
    """

    id = "service-port-removed"
    level = Level.MAJOR
    hurts = "those who connect to the old port"
    advice = "tell the new port, or keep the old one beside it"
    kinds = frozenset({"Service"})

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at each port whose number is no longer served."""
        old, new = ports(pair.old.body), ports(pair.new.body)
        for number, port in old.items():
            if number in new:
                continue
            moved = next((other for other in new.values() if other.name == port.name and other.number not in old), None)
            what = f"is {moved.label} now" if moved and port.name else "is gone"
            yield self.verdict(
                f"port {port.label} {what}",
                old=At.on(pair.old, port.pointer / "port"),
                new=At.on(pair.new, moved.pointer / "port" if moved else Pointer(("spec", "ports"))),
            )
