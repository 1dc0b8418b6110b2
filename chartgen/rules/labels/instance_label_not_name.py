"""Instance labels that differ from the object's name."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import WORKLOADS
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext

_LABEL = "app.kubernetes.io/instance"


class InstanceLabelNotName(ObjectRule):
    """The label app.kubernetes.io/instance of a workload is not the workload's name.

    ## Why
    Polaris reads the label this way (`metadataAndInstanceMismatched`). In charts it is the name of the release, which
    several workloads share, so that this is only looked at when it is asked for.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      labels:
        app.kubernetes.io/instance: shop # here
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      labels:
        app.kubernetes.io/instance: web
    ```
    """

    id = "instance-label-not-name"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    kinds = WORKLOADS

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the label with the name; a missing label is a fault as well, as it is for Polaris."""
        given = obj.labels.get(_LABEL)
        if given != obj.name:
            yield self.fault(
                Place.on(obj, Pointer(("metadata", "labels", _LABEL))),
                f"the label {_LABEL} is {given!r}, not the object's name" if given else f"has no label {_LABEL}",
                help=f"set it to {obj.name}",
            )
