"""The judgement: a workload has a container that it did not have."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.engine.objects import RenderedObject
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._containers import missing
from chartgen.kube.access import WORKLOADS, Container, get, items, pod_spec


class ContainerAdded(PairJudgement):
    """A workload has a container that it did not have.

    ## Why
    There is another image to mirror and to scan, pods ask for more, and start later when it is an init container.
    Nothing that worked stops working, unless the container is privileged and none was: clusters that enforce a Pod
    Security Standard refuse the whole pod then, and what it sets on the node stays. bitnami/elasticsearch 7.0.0 called
    that major. Pods that use the node's network, processes or files were refused before.

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

    ## Before: privileged
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

    ## After: privileged
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
            - name: sysctl # here
              image: "sysctl:1.0"
              securityContext: {privileged: true}
    ```

    ## Not this: privileged
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

    ## Before: refused before
    ```yaml
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          volumes:
            - {name: node, hostPath: {path: /}}
          containers:
            - name: web
              image: "web:1.0"
    ```

    ## After: refused before
    ```yaml
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          volumes:
            - {name: node, hostPath: {path: /}}
          containers:
            - name: web
              image: "web:1.0"
          initContainers:
            - name: sysctl # here
              image: "sysctl:1.0"
              securityContext: {privileged: true}
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
                forbidden = _is_privileged(one) and not _is_refused(pair.old)
                yield self.verdict(
                    f"the {one.title} is new ({one.image}{', privileged' if forbidden else ''})",
                    new=At.on(pair.new, one.at("name")),
                    level=Level.MAJOR if forbidden else None,
                    hurts="those whose clusters forbid privileged pods" if forbidden else "",
                    advice="say what it is needed for, and how to do without it" if forbidden else "",
                )


def _is_refused(obj: RenderedObject) -> bool:
    """Whether clusters that enforce a Pod Security Standard, be it the baseline, do not run a workload's pods."""
    pod = pod_spec(obj.kind, obj.body)
    if pod is None:
        return False
    on_node = any(get(pod.body, key) is True for key in ("hostNetwork", "hostPID", "hostIPC"))
    on_node = on_node or any(get(volume, "hostPath") is not None for volume in items(pod.body, "volumes"))
    return on_node or any(map(_is_privileged, pod.containers))


def _is_privileged(container: Container) -> bool:
    return container.security.get("privileged") is True
