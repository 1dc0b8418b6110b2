"""Workloads that do not select their own pods."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import CONTROLLERS, PodSpec, mapping, selects
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which kinds are judged."""

    only_kinds: tuple[str, ...] = ()


class SelectorNotInPodLabels(PodRule):
    """A workload's selector does not match the labels of its own pods.

    ## Why
    The API refuses such an object: `selector does not match template labels`.

    ## Options
    - `only-kinds` (default none, which means all): the kinds that are judged.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: # here
          app: web
      template:
        metadata:
          labels:
            app: website
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "selector-not-in-pod-labels"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = CONTROLLERS
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare spec.selector with the labels of spec.template."""
        if self.options.only_kinds and obj.kind not in self.options.only_kinds:
            return
        given = mapping(obj.body, "spec", "selector")
        is_plain = obj.kind in _PLAIN
        selector = {"matchLabels": given} if is_plain else given
        if not given or selects(selector, pod.labels):
            return
        at = Pointer(("spec", "selector"))
        wrong = [key for key, value in mapping(selector, "matchLabels").items() if pod.labels.get(key) != value]
        if wrong:
            has = f"have {wrong[0]}={pod.labels[wrong[0]]}" if wrong[0] in pod.labels else f"have no label {wrong[0]}"
            wanted = f"{wrong[0]}={selector['matchLabels'][wrong[0]]}"
            message = f"selects {wanted}, but its own pods {has}"
            at = at if is_plain else at / "matchLabels"
        else:
            message = "the selector does not match the labels of its own pods"
        yield self.fault(
            Place.on(obj, at, key=True), message, help="give spec.template.metadata.labels the labels of the selector"
        )


_PLAIN = frozenset({"ReplicationController", "DeploymentConfig"})
"""The kinds whose selector is nothing but labels."""
