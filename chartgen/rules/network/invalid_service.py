"""Services that Kubernetes refuses."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get, is_dns_subdomain, items, mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import service_ports
from chartgen.rules.network._addresses import network


class InvalidService(ObjectRule):
    """A Service has fields that its type does not take, or lacks one that it needs.

    ## Why
    The API server refuses the object (validateService, validateServiceExternalTrafficPolicy), and no schema says so:
    `nodePort: may not be used when type is 'ClusterIP'`, `externalTrafficPolicy: may only be set for
    externally-accessible services`. It usually shows when a user sets `service.type` to another than the default, and
    the template prints what belongs to that. Ports need names as soon as there are two.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: ClusterIP
      externalTrafficPolicy: Local # here
      loadBalancerSourceRanges: [10.0.0.0/8] # here
      ports:
        - port: 80 # here
          nodePort: 30080 # here
        - name: metrics
          port: 9090
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: database
    spec: # here
      type: ExternalName
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: LoadBalancer
      externalTrafficPolicy: Local
      loadBalancerSourceRanges: [10.0.0.0/8]
      ports:
        - name: http
          port: 80
          nodePort: 30080
        - name: metrics
          port: 9090
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: database
    spec:
      type: ExternalName
      externalName: database.example.com
    ```
    """

    id = "invalid-service"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"Service"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at what each type of Service takes; a type that is none is ``unsupported-value``."""
        if obj.api_version != "v1":
            return
        spec = mapping(obj.body, "spec")
        kind = spec.get("type") or "ClusterIP"
        found = [*_ports(obj, kind), *_of_other_types(spec, kind), *_ranges(spec)]
        if kind == "ExternalName":
            found += _external_name(spec)
        for at, said, cure in found:
            yield self.fault(Place.on(obj, Pointer(("spec", *at))), said, help=cure)


_Wrong = tuple[tuple[str | int, ...], str, str]
"""Where in the spec something is wrong, what, and what to do."""


def _ports(obj: RenderedObject, kind: str) -> Iterator[_Wrong]:
    ports = list(service_ports(obj))
    if not ports and kind in _WITH_ADDRESS and get(obj.body, "spec", "clusterIP") != "None":
        yield ("ports",), "has no ports", "add a port, or set clusterIP: None"
    for at, port in ports:
        if len(ports) > 1 and port.get("name") in (None, ""):
            yield at.parts[1:], f"port {port.get('port')} has no name beside other ports", "name each port"
        if kind == "ClusterIP" and port.get("nodePort"):
            said = f"has nodePort {port['nodePort']} and type ClusterIP"
            yield (*at.parts[1:], "nodePort"), said, "print nodePort for the types NodePort and LoadBalancer only"


_WITH_ADDRESS = ("ClusterIP", "NodePort", "LoadBalancer")

_BALANCER_ONLY = ("loadBalancerSourceRanges", "loadBalancerClass", "allocateLoadBalancerNodePorts")


def _of_other_types(spec: Any, kind: str) -> Iterator[_Wrong]:
    if kind in ("ClusterIP", "ExternalName"):
        for field in _BALANCER_ONLY:
            if spec.get(field) not in (None, [], ""):
                yield (field,), f"has {field} and type {kind}", f"print {field} for the type LoadBalancer only"
        if spec.get("externalTrafficPolicy") and not (kind == "ClusterIP" and items(spec, "externalIPs")):
            said = f"has externalTrafficPolicy and type {kind}"
            yield ("externalTrafficPolicy",), said, "print it for the types NodePort and LoadBalancer only"
    if kind == "NodePort":
        for field in _BALANCER_ONLY:
            if spec.get(field) not in (None, [], ""):
                yield (field,), f"has {field} and type NodePort", f"print {field} for the type LoadBalancer only"
    if kind in ("NodePort", "LoadBalancer", "ExternalName") and spec.get("clusterIP") == "None":
        yield ("clusterIP",), f"has clusterIP None and type {kind}", "remove one of the two"


def _ranges(spec: Any) -> Iterator[_Wrong]:
    for index, text in enumerate(items(spec, "loadBalancerSourceRanges")):
        if isinstance(text, str) and network(text.strip()) is None:
            said = f"{text!r} is no range of addresses"
            yield ("loadBalancerSourceRanges", index), said, "write an address and the length of its prefix"


def _external_name(spec: Any) -> Iterator[_Wrong]:
    name = spec.get("externalName")
    if name in (None, ""):
        yield ("externalName",), "has no externalName", "set externalName, or another type"
    elif isinstance(name, str) and not is_dns_subdomain(name.removesuffix(".")):
        yield ("externalName",), f"has the externalName {name!r}", "write a DNS name: no scheme, no port, small letters"
