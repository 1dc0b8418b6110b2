"""The judgement: pods may do more than before by their securityContext."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.objects._alike import AlikeJudgement, Event
from chartgen.judgements.objects._security import steps, told
from chartgen.kube.access import WORKLOADS, pod_spec


class SecurityLoosened(AlikeJudgement):
    """Pods may do more than before by their securityContext.

    ## Why
    Nothing stops working, but what the pods can do to the node and to each other is more than users agreed to, and
    clusters that enforce a Pod Security Standard may refuse them. A reviewer has to see it.

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
              securityContext:
                privileged: false # here
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
              securityContext:
                privileged: true # here
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
              image: "web:1.0"
              securityContext:
                privileged: false
                runAsNonRoot: true
    ```
    """

    id = "security-loosened"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "those whose clusters enforce a Pod Security Standard"
    advice = "say why it is needed"
    kinds = WORKLOADS

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """Point at the first setting of those that are looser now."""
        old, new = pod_spec(pair.old.kind, pair.old.body), pod_spec(pair.kind, pair.new.body)
        found = [step for step in steps(old, new) if step.is_stricter is False] if old and new else []
        if found:
            first = found[0]
            text = f"pods are restricted less ({told(found)})"
            yield Event(text, first.old, first.new)
