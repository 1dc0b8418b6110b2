"""Topology spread constraints that Kubernetes refuses, or that spread nothing."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items, selects, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple

_ANSWERS = ("DoNotSchedule", "ScheduleAnyway")


class Options(NamedTuple):
    """What a constraint must select, and whether what it lacks is reported here as well."""

    own_pods: bool = True
    missing_fields: bool = False


class InvalidTopologySpread(PodRule):
    """A topology spread constraint is not allowed, or does not count the pod's own kind.

    ## Why
    The API refuses a constraint with `maxSkew: 0` or with an unknown `whenUnsatisfiable`. One without `labelSelector`,
    or with one that does not match the pod itself, is accepted and spreads nothing. Fields that must be there and are
    not are `missing-field`.

    ## Options
    - `own-pods` (default `true`): whether the selector must match the pod itself; otherwise any selector will do.
    - `missing-fields` (default `false`): whether `maxSkew`, `topologyKey` and `whenUnsatisfiable` are missed here too.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels: {app: web}
    spec:
      topologySpreadConstraints:
        - maxSkew: 0 # here
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: web}}
      containers:
        - name: web
          image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels: {app: web}
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: web}}
      containers:
        - name: web
          image: example/web:1.2.0
    ```

    ## Bad: other pods
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels: {app: web}
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: website}} # here
      containers:
        - name: web
          image: example/web:1.2.0
    ```
    """

    id = "invalid-topology-spread"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("topologySpreadConstraints",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Check every constraint; what spreads nothing is a warning."""
        for index, spread in enumerate(items(pod.body, "topologySpreadConstraints")):
            if not isinstance(spread, dict):
                continue
            at = pod.at("topologySpreadConstraints", index)
            for key, message, cure in _refused(spread):
                if key not in spread and not self.options.missing_fields:
                    continue
                yield self.fault(Place.on(obj, at / key), f"a topology spread constraint {message}", help=cure)
            selector = spread.get("labelSelector")
            if selector is None or (self.options.own_pods and not selects(selector, pod.labels)):
                said = "selects other pods than its own" if selector is not None else "has no labelSelector"
                yield self.fault(
                    Place.on(obj, at / "labelSelector"),
                    f"a topology spread constraint {said}, so it spreads nothing",
                    help="select the labels of the pod template",
                    severity=Severity.WARNING,
                )


def _refused(spread: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What the API refuses. Source: ``validateTopologySpreadConstraints`` in Kubernetes' core validation."""
    skew, domains, answer = spread.get("maxSkew"), spread.get("minDomains"), spread.get("whenUnsatisfiable")
    if skew is None or (isinstance(skew, int) and skew < 1):
        yield "maxSkew", f"has maxSkew {skew}" if skew is not None else "has no maxSkew", "set maxSkew: 1 or more"
    if not text(spread, "topologyKey"):
        cure = "name a label of nodes, for example topology.kubernetes.io/zone"
        yield "topologyKey", "has no topologyKey", cure
    if answer not in _ANSWERS:
        said = f"has whenUnsatisfiable {answer!r}" if answer else "has no whenUnsatisfiable"
        yield "whenUnsatisfiable", said, f"write {' or '.join(_ANSWERS)}"
    if isinstance(domains, int) and (domains < 1 or answer == "ScheduleAnyway"):
        wrong = f"has minDomains {domains}" if domains < 1 else "has minDomains together with ScheduleAnyway"
        yield "minDomains", wrong, "use minDomains, of 1 or more, with DoNotSchedule only"
