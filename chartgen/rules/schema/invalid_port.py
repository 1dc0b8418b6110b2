"""Ports that Kubernetes refuses."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import WORKLOADS, PodSpec, is_dns_label, is_port_name
from chartgen.kube.quantity import is_integer
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import service_ports
from chartgen.tuples import NamedTuple

_CURE = "use up to 15 small letters, digits and single dashes, at least one of them a letter"


class Options(NamedTuple):
    """Which ports are looked at."""

    targets_only: bool = False


class InvalidPort(ObjectRule):
    """A port has a number or a name that Kubernetes does not allow.

    ## Why
    The API refuses the object. Numbers go from 1 to 65535. Names of container ports, and what a `targetPort` refers to,
    are at most 15 characters (RFC 6335), as in `http-metrics`; the names of a Service's own ports may be longer.

    ## Options
    - `targets-only` (default `false`): whether only what can be the target of a Service is looked at, the names of
      container ports and `targetPort`, as kube-linter does.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: 80
          targetPort: http-of-the-application # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: 80
          targetPort: http
    ```

    ## Bad: a number
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
          ports:
            - containerPort: 0 # here
    ```
    """

    id = "invalid-port"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = WORKLOADS | {"Service"}
    keys = ("ports",)
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Check the ports of containers, or those of a Service and what they lead to."""
        is_service = obj.kind == "Service"
        for at, said in _service(obj) if is_service else _containers(ctx.pod(obj)):
            message, cure = said
            if not self.options.targets_only or at.parts[-1] == ("targetPort" if is_service else "name"):
                yield self.fault(Place.on(obj, at), message, help=cure)


def _containers(pod: PodSpec | None) -> Iterator[tuple[Pointer, tuple[str, str]]]:
    for container in pod.containers if pod else ():
        for index, port in enumerate(container.ports):
            name = port.get("name")
            if isinstance(name, str) and name and not is_port_name(name):
                yield container.at("ports", index, "name"), (f"{container.title} has a port named {name!r}", _CURE)
            for key in ("containerPort", "hostPort"):
                if wrong := _number(port.get(key), least=0 if key == "hostPort" else 1):
                    yield container.at("ports", index, key), (f"{container.title} has {key} {port[key]}", wrong)


def _service(obj: RenderedObject) -> Iterator[tuple[Pointer, tuple[str, str]]]:
    for at, port in service_ports(obj):
        name, target = port.get("name"), port.get("targetPort")
        if isinstance(name, str) and name and not is_dns_label(name):
            yield at / "name", (f"has a port named {name!r}", "use up to 63 small letters, digits and dashes")
        if isinstance(target, str) and target and not is_port_name(target):
            cure = "write the number without quotes" if target.isdecimal() else _CURE
            yield at / "targetPort", (f"leads to the port {target!r}, which no port can be named", cure)
        for key, least in (("port", 1), ("targetPort", 0), ("nodePort", 0)):
            if wrong := _number(port.get(key), least=least):
                yield at / key, (f"has {key} {port[key]}", wrong)


def _number(value: Any, *, least: int) -> str:
    """What to do about a number that is no port, or ``""``. 0 counts as unset where the API has a default."""
    is_number = is_integer(value)
    return "choose a port between 1 and 65535" if is_number and not least <= value <= 65535 else ""
