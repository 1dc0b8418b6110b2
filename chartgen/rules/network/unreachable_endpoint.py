"""Endpoints at addresses that mean something else on every machine."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class UnreachableEndpoint(ObjectRule):
    """An Endpoints or EndpointSlice object names a loopback or link-local address.

    ## Why
    The API refuses addresses such as `127.0.0.1` and `169.254.169.254`: each node would send the traffic to itself, or
    to the cloud's metadata service (CVE-2020-8562 and its kin).

    ## Bad
    ```yaml
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: db
    addressType: IPv4
    endpoints:
      - addresses:
          - 127.0.0.1 # here
    ```

    ## Good
    ```yaml
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: db
    addressType: IPv4
    endpoints:
      - addresses:
          - 10.20.0.7
    ```
    """

    id = "unreachable-endpoint"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"EndpointSlice", "Endpoints"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Read each address."""
        for pointer, address in _addresses(obj):
            if _is_local(address):
                yield self.fault(
                    Place.on(obj, pointer),
                    f"names {address}, which every node takes for itself",
                    help="name an address that every node reaches",
                )


def _addresses(obj: RenderedObject) -> Iterator[tuple[Pointer, str]]:
    for index, endpoint in enumerate(items(obj.body, "endpoints")):
        for number, address in enumerate(items(endpoint, "addresses")):
            yield Pointer(("endpoints", index, "addresses", number)), str(address)
    for index, subset in enumerate(items(obj.body, "subsets")):
        for number, _ in enumerate(items(subset, "addresses")):
            yield Pointer(("subsets", index, "addresses", number, "ip")), text(subset, "addresses", number, "ip")


def _is_local(address: str) -> bool:
    from ipaddress import ip_address  # few charts have such an object

    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return parsed.is_loopback or parsed.is_link_local
