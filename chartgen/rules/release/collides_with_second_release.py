"""Objects that two releases of a chart cannot both have."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule
from chartgen.rules.lookup import is_given_as_value, service_ports
from chartgen.rules.release._second import CLUSTER_SCOPED, elsewhere, pairs


class CollidesWithSecondRelease(ScenarioRule):
    """An object has the same name in every release of the chart.

    ## Why
    Helm refuses the second release: the object exists and belongs to the first one. In the same namespace that is so
    for every kind; a ClusterRole, an IngressClass or a fixed NodePort keeps the whole cluster from having a second. Put
    the release's name into the object's, and the namespace's into that of an object that is in none.

    ## Bad
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web # here
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: {{ .Release.Name }}
    spec:
      type: NodePort
      ports:
        - port: 80
          nodePort: 30080 # here
    ```

    ## Good
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: {{ .Release.Namespace }}-{{ .Release.Name }}
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: {{ .Release.Name }}
    spec:
      ports:
        - port: 80
    ```
    """

    id = "collides-with-second-release"
    severity = Severity.WARNING
    profile = Profile.STRICT

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find names and NodePorts that are the same in a second release; a CRD's name, or an APIService's, must be."""
        for obj, twin in pairs(ctx):
            if is_given_as_value(obj, ctx):
                continue
            is_wide = obj.kind in CLUSTER_SCOPED
            namespace = ctx.chart.options.namespace
            is_same = obj.name == twin.name
            if (
                obj.name
                and obj.kind not in _GIVEN
                and (is_same or obj.name.replace(namespace, elsewhere(namespace)) == twin.name)
            ):
                where = ("" if is_same else " of a namespace") if is_wide else " of its namespace"
                yield self.fault(
                    Place.on(obj, Pointer(("metadata", "name"))),
                    f"has the same name in every release{where}, so there can be one only",
                    help="build the name from .Release.Name" + (" and .Release.Namespace" if is_wide else ""),
                    severity=None if is_wide and is_same else Severity.INFO,
                )
            if obj.kind == "Service":
                for (pointer, port), (_, other) in zip(service_ports(obj), service_ports(twin), strict=False):
                    number = port.get("nodePort")
                    if number and number == other.get("nodePort"):
                        yield self.fault(
                            Place.on(obj, pointer / "nodePort"),
                            f"takes port {number} of every node in every release, so there can be one only",
                            help="leave nodePort out, so that Kubernetes finds one that is free",
                        )


_GIVEN = frozenset({"APIService", "CustomResourceDefinition"})
"""Kinds whose name says what they are for."""
