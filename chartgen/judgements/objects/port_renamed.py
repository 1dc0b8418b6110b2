"""The judgement: a port of a Service or of a container has another name."""

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.objects._alike import AlikeJudgement, Event


class PortRenamed(AlikeJudgement):
    """A port of a Service or of a container has another name.

    ## Why
    Ingresses, ServiceMonitors, PodMonitors, network policies and probes refer to ports by name, in other charts as
    well as in users' own manifests. traefik 35.0.0: "marked as major as it might modify service and deployment port
    names".

    ## Before
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector: {app: web}
      ports:
        - name: web # here
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
        - name: http # here
          port: 80
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
        - name: http
          port: 81
    ```
    """

    id = "port-renamed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those who refer to the port by its name"
    advice = "tell the old name and the new one"
    renamed = False

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """Point at each name that changed."""
        for change in pair.about("ports", "container-ports"):
            if change.path[-1] == "name" and change.before is not ABSENT:
                what = "the port" if pair.kind == "Service" else "the container port"
                after = "has no name now" if change.after is ABSENT else f"is called {change.after} now"
                yield Event(f"{what} {change.before} {after}", change.old, change.new)
