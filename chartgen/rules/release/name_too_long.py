"""Names that only fit while the release's is short."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import mapping, pod_spec
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule
from chartgen.rules.release._second import pairs


class NameTooLong(ScenarioRule):
    """A name or label becomes too long when the release's name is long.

    ## Why
    A release's name may have 53 characters. What is built from it is refused by the API beyond its limit: the name of a
    Service and every label value at 63, of a CronJob at 52. A StatefulSet's name of more than 52 is accepted, and its
    pods are not: their `controller-revision-hash` label does not fit. Cut the name where it is put together, so that
    what is added to it still has room: `printf "%s-headless" (.Release.Name | trunc 54)`.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: {{ .Release.Name }}-headless-metrics # here
    spec:
      ports:
        - port: 80
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}-headless-metrics
      labels:
        part: {{ .Release.Name }}-headless-metrics # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: {{ printf "%s-metrics" (.Release.Name | trunc 50 | trimSuffix "-") }}
    spec:
      ports:
        - port: 80
    ```
    """

    id = "name-too-long"
    severity = Severity.WARNING
    profile = Profile.STRICT

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Measure the names and labels that a long release name makes longer than they may be.

        A label of one value, which one template gives to many objects, is told of where it is first.
        """
        told: set[tuple[str, str]] = set()
        for obj, twin in pairs(ctx):
            most = _MOST.get(obj.kind, 253)
            if len(obj.name) <= most < len(twin.name):
                yield self.fault(
                    Place.on(obj, Pointer(("metadata", "name"))),
                    f"its name has {len(twin.name)} characters when the release's has {_LONGEST};"
                    f" a {obj.kind}'s may have {most}",
                    help=f"cut the name where it is built, with what is added to it: trunc {most} | trimSuffix",
                )
            for path in _labels(obj):
                for key, value in mapping(obj.body, *path).items():
                    longer = mapping(twin.body, *path).get(key)
                    if isinstance(longer, str) and len(str(value)) <= 63 < len(longer) and (key, longer) not in told:
                        told.add((key, longer))
                        yield self.fault(
                            Place.on(obj, Pointer((*path, key))),
                            f"label {key} has {len(longer)} characters when the release's name has {_LONGEST};"
                            " a label may have 63",
                            help="cut the value: trunc 63 | trimSuffix",
                        )


_LONGEST = 53

_MOST = {"Service": 63, "Namespace": 63, "Job": 63, "CronJob": 52, "StatefulSet": 52, "Pod": 253}
"""How long the names of some kinds may be; those of all others 253.

Sources: Kubernetes' documentation of names (RFC 1035 labels for Services), of CronJobs and of Jobs, and
kubernetes/kubernetes#64023 for StatefulSets.
"""


def _labels(obj: RenderedObject) -> Iterator[tuple[str | int, ...]]:
    yield "metadata", "labels"
    yield "spec", "selector", "matchLabels"
    pod = pod_spec(obj.kind, obj.body)
    if obj.kind == "Service":
        yield "spec", "selector"
    if pod is not None and obj.kind != "Pod":
        yield pod.labels_pointer.parts
