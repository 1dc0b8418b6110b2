"""The judgement: pods may do less than before by their securityContext."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.objects._alike import AlikeJudgement, Event
from chartgen.judgements.objects._security import steps, told
from chartgen.kube.access import WORKLOADS, pod_spec


class SecurityTightened(AlikeJudgement):
    """Pods may do less than before by their securityContext.

    ## Why
    Init scripts, volumes that belong to another user, images of the user's own and plug-ins may fail: bitnami's
    nginx 16.0.0, redis 19.0.0 and postgresql 15.0.0, jenkins 2.0.0. Other users and groups, no root, and a file
    system that cannot be written are the large steps; argo-cd 5.10.0 and metrics-server 3.10.0 took smaller ones in
    a minor version: capabilities, seccomp, privilege escalation.

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
                readOnlyRootFilesystem: false # here
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
                readOnlyRootFilesystem: true # here
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
                readOnlyRootFilesystem: false
                privileged: false
    ```
    """

    id = "security-tightened"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those with images, volumes or scripts that need what is taken away"
    advice = "tell how to set the old securityContext, and how to give volumes to the new user"
    kinds = WORKLOADS

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """Point at the first setting of those that are stricter now."""
        old, new = pod_spec(pair.old.kind, pair.old.body), pod_spec(pair.kind, pair.new.body)
        found = [step for step in steps(old, new) if step.is_stricter is True] if old and new else []
        if found:
            first = next((step for step in found if step.is_large), found[0])
            text = f"pods are restricted more ({told(found)})"
            yield Event(text, first.old, first.new, None if first.is_large else Level.MINOR)
