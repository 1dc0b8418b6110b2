"""The judgement: a container of a workload is gone, or has another name."""

from collections.abc import Iterator, Mapping

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.compare.switches import SWITCHES
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._containers import missing
from chartgen.judgements.values._places import named
from chartgen.kube.access import WORKLOADS
from chartgen.templates.abstract import Parts


class ContainerRemoved(PairJudgement):
    """A container of a workload is gone, or has another name.

    ## Why
    ``kubectl logs -c``, patches, policies and dashboards name containers, and what a sidecar did is done no more:
    jenkins 3.0.0 renamed its containers, opentelemetry-operator 0.110.0 dropped kube-rbac-proxy. Init containers
    are the chart's own affair and ask for a minor version, unless there is a new switch for what one did, which is off:
    redis 6.0.0 left it to ``volumePermissions.enabled`` whether the owner of volumes is set.

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

    ## Before: a new switch
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
          initContainers:
            - name: volume-permissions # here
              image: "shell:1.0"
              command: [chown, "1001", /data]
    ```

    ## After: a new switch
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
          {{- if .Values.volumePermissions.enabled }}
          initContainers:
            - name: volume-permissions
              image: "shell:1.0"
              command: [chown, "1001", /data]
          {{- end }}
    ```
    ```yaml
    # values.yaml
    volumePermissions:
      enabled: false
    ```

    ## Not this: a new switch
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
          {{- if .Values.volumePermissions.enabled }}
          initContainers:
            - name: volume-permissions
              image: "shell:1.0"
              command: [chown, "1001", /data]
          {{- end }}
    ```
    ```yaml
    # values.yaml
    volumePermissions:
      enabled: true
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
            switch = None if other else next(_switches(both, one.name), None)
            yield self.verdict(
                f"the {one.title} {what}" + (f" unless {named(switch)} is set" if switch else ""),
                old=At.on(pair.old, one.at("name")),
                new=At.on(pair.new, other.at("name")) if other else None,
                level=Level.MINOR if one.role == "init" and not switch else None,
                hurts="those who need what it did" if switch else "",
                advice=f"set {named(switch)} to true to keep it" if switch else "",
            )


def _switches(both: Comparison, name: str) -> Iterator[Parts]:
    """The new switches that are off and are called as a container is: ``volumePermissions.enabled``."""
    for came in both.values.added:
        if isinstance(came.after, Mapping):
            found = [(*came.parts, key) for key in SWITCHES if came.after.get(key) is False]
        else:
            found = [came.parts] if came.parts[-1] in SWITCHES and came.after is False else []
        yield from (one for one in found if len(one) > 1 and one[-2].lower() == name.replace("-", "").lower())
