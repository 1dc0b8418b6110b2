"""NetworkPolicies that Kubernetes refuses."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get, is_port_name, items
from chartgen.kube.quantity import is_integer
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.network._addresses import network


class InvalidNetworkPolicy(ObjectRule):
    """A NetworkPolicy has a range of addresses or ports that is none, or a peer that says nothing.

    ## Why
    The API server refuses the object (ValidateIPBlock, ValidateNetworkPolicyPeer, ValidateNetworkPolicyPort), and no
    schema says so. A range of addresses needs the length of its prefix, `10.0.0.7/32` for one address. What `except`
    names must lie inside the range and be smaller. `endPort` needs a `port` that is a number, and no larger.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector: {}
      ingress:
        - from:
            - ipBlock:
                cidr: 10.0.0.7 # here
            - ipBlock:
                cidr: 10.0.0.0/8
                except:
                  - 192.168.0.0/16 # here
            - {} # here
          ports:
            - port: 8080
              endPort: 8000 # here
    ```

    ## Good
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector: {}
      ingress:
        - from:
            - ipBlock:
                cidr: 10.0.0.7/32
            - ipBlock:
                cidr: 10.0.0.0/8
                except:
                  - 10.1.0.0/16
            - podSelector: {}
          ports:
            - port: 8000
              endPort: 8080
    ```
    """

    id = "invalid-network-policy"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"NetworkPolicy"})
    keys = ("from", "to", "ports")

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the peers and the ports of each rule."""
        if obj.api_version.rpartition("/")[0] != "networking.k8s.io":
            return
        for direction, peers in (("ingress", "from"), ("egress", "to")):
            for index, rule in enumerate(items(obj.body, "spec", direction)):
                at = Pointer(("spec", direction, index))
                found = [_peer(peer, at / peers / number) for number, peer in enumerate(items(rule, peers))]
                found += [_port(port, at / "ports" / number) for number, port in enumerate(items(rule, "ports"))]
                for place, said, cure in (one for several in found for one in several):
                    yield self.fault(Place.on(obj, place), said, help=cure)


_Wrong = tuple[Pointer, str, str]


def _peer(peer: Any, at: Pointer) -> Iterator[_Wrong]:
    if peer == {}:
        yield at, "a peer says nothing", "remove it, or set podSelector: {} for all pods of the namespace"
    cidr = get(peer, "ipBlock", "cidr")
    if not isinstance(cidr, str) or not cidr:
        return
    whole = network(cidr)
    if whole is None:
        yield at / "ipBlock" / "cidr", f"{cidr!r} is no range of addresses", _cure(cidr)
    for index, text in enumerate(items(peer, "ipBlock", "except")):
        if isinstance(text, str):
            place, part = at / "ipBlock" / "except" / index, network(text)
            if part is None:
                yield place, f"{text!r} is no range of addresses", _cure(text)
            elif whole is not None and not _is_inside(part, whole):
                yield place, f"{text!r} is not inside {cidr!r} and smaller", "name a part of the range, or remove it"


def _is_inside(part: Any, whole: Any) -> bool:
    return bool(part.version == whole.version and part.prefixlen > whole.prefixlen and part.subnet_of(whole))


def _cure(text: str) -> str:
    length = 128 if ":" in text else 32
    return f"write {text}/{length}" if network(f"{text}/{length}") else "write an address and the length of its prefix"


def _port(port: Any, at: Pointer) -> Iterator[_Wrong]:
    first, last = get(port, "port"), get(port, "endPort")
    if isinstance(first, str) and not is_port_name(first):
        cure = "write the number without quotes" if first.isdecimal() else "name a port of the pods, or its number"
        yield at / "port", f"a rule names the port {first!r}, which no port can be called", cure
    if is_integer(first) and not 1 <= first <= 65535:
        yield at / "port", f"a rule names the port {first}", "choose a port between 1 and 65535"
    if is_integer(last):
        if not is_integer(first):
            yield at / "endPort", f"endPort {last} has no number to begin at", "set port to a number, or remove endPort"
        elif last < first or last > 65535:
            yield at / "endPort", f"endPort is {last} and port {first}", "choose a number from port to 65535"
