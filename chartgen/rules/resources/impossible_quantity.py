"""Quantities that mean nothing to Kubernetes, or hardly what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, mapping
from chartgen.kube.quantity import parse
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext

_BYTES = frozenset({"memory", "ephemeral-storage"})

_LEAST_BYTES = 1024 * 1024


class ImpossibleQuantity(PodRule):
    """A container's resources are given in an amount that cannot have been meant.

    ## Why
    `500MB` is refused by the API (the suffixes are `M` and `Mi`), and with it the pod. `512m` of memory is accepted
    and means half a byte: `m` is a thousandth. A plain `512` is 512 bytes. No container starts in so little.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
              resources:
                requests:
                  memory: 512m # here
                limits:
                  memory: 500MB # here
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
              resources:
                requests:
                  cpu: 100m
                  memory: 512Mi
                limits:
                  memory: 1.5Gi
    ```
    """

    id = "impossible-quantity"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("requests", "limits")

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Read every amount as the API would."""
        for container in pod.containers:
            for part, noun in (("requests", "request"), ("limits", "limit")):
                for resource, value in mapping(container.body, "resources", part).items():
                    wrong = _wrong(resource, value)
                    if wrong:
                        yield self.fault(
                            Place.on(obj, container.at("resources", part, resource)),
                            f"the {resource} {noun} of {container.title} {wrong}",
                            help=_cure(resource, value),
                        )


def _wrong(resource: str, value: Any) -> str:
    if value is None:
        return ""
    amount = parse(value)
    if amount is None:
        return f"is {value!r}, which is not a quantity"
    if amount < 0:
        return f"is {value!r}, less than nothing"
    if resource in _BYTES and 0 < amount < _LEAST_BYTES:
        return f"is {value!r}, which means {amount.normalize():f} bytes"
    return ""


def _cure(resource: str, value: Any) -> str:
    number = re.match(r"[0-9.]+", str(value))
    if resource in _BYTES and number:
        unit = "Gi" if re.search(r"g", str(value), re.IGNORECASE) else "Mi"
        return f"write {number[0]}{unit} if that is what is meant"
    return "write a number with one of the suffixes m, k, M, G, Ki, Mi, Gi"
