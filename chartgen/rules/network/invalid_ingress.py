"""Ingresses that Kubernetes refuses."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get, is_dns_subdomain, items, mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.network._addresses import is_address

_FORBIDDEN = ("//", "/./", "/../", "%2f", "%2F")


class InvalidIngress(ObjectRule):
    """An Ingress has a host, a path or a backend that Kubernetes does not allow.

    ## Why
    The API server refuses the object (validateIngressRules, validateHTTPIngressPath, validateIngressBackend), and no
    schema says so. A host is a name in small letters, without scheme, port or path and no IP address; its whole first
    part may be `*`. A path begins with `/`, and under `Exact` and `Prefix` it must be there and have no `//`. A backend
    is a Service with a port, or a resource.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - host: https://example.com # here
          http:
            paths:
              - path: api # here
                pathType: Prefix
                backend: # here
                  service:
                    name: web
                    port: {}
    ```

    ## Good
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - host: "*.example.com"
          http:
            paths:
              - path: /api
                pathType: Prefix
                backend:
                  service:
                    name: web
                    port: {name: http}
    ```
    """

    id = "invalid-ingress"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"Ingress"})
    keys = ("rules", "tls", "defaultBackend")

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at each rule, and at the hosts that have certificates."""
        if obj.api_version != "networking.k8s.io/v1":
            return
        for at, said, cure in (*_hosts(obj.body), *_paths(obj.body)):
            yield self.fault(Place.on(obj, at), said, help=cure)


_Wrong = tuple[Pointer, str, str]


def _hosts(body: Any) -> Iterator[_Wrong]:
    for index, rule in enumerate(items(body, "spec", "rules")):
        host = get(rule, "host")
        if isinstance(host, str) and host and not _is_host(host):
            yield Pointer(("spec", "rules", index, "host")), f"the host {host!r} is not allowed", _cure(host)
    for index, entry in enumerate(items(body, "spec", "tls")):
        for number, host in enumerate(items(entry, "hosts")):
            if isinstance(host, str) and host and not _is_name(host):
                at = Pointer(("spec", "tls", index, "hosts", number))
                yield at, f"the host {host!r} of a certificate is not allowed", _cure(host)


def _is_host(host: str) -> bool:
    return _is_name(host) and not is_address(host)


def _is_name(host: str) -> bool:
    """A DNS name, or one whose first part is ``*``."""
    return len(host) <= 253 and is_dns_subdomain(host.removeprefix("*."))


def _cure(host: str) -> str:
    if "://" in host:
        return "leave out the scheme"
    if is_address(host):
        return "use a name; without a host an Ingress answers for all"
    if host == "*":
        return "leave the host out, which means all of them"
    if "*" in host:
        return "use '*' as the whole first part only, as in *.example.com"
    if host != host.lower():
        return f"write {host.lower()}"
    return "use small letters, digits, dashes and dots; no port and no path"


def _paths(body: Any) -> Iterator[_Wrong]:
    if mapping(body, "spec", "defaultBackend"):
        yield from _backend(get(body, "spec", "defaultBackend"), Pointer(("spec", "defaultBackend")))
    for index, rule in enumerate(items(body, "spec", "rules")):
        for number, entry in enumerate(items(rule, "http", "paths")):
            at = Pointer(("spec", "rules", index, "http", "paths", number))
            if isinstance(entry, dict):
                yield from _path(entry, at)
                if entry.get("backend") is not None:
                    yield from _backend(entry["backend"], at / "backend")


def _path(entry: dict[str, Any], at: Pointer) -> Iterator[_Wrong]:
    path, kind = entry.get("path"), entry.get("pathType")
    if path in (None, ""):
        if kind in ("Exact", "Prefix"):
            yield at / "path", f"a path of pathType {kind} is empty", "write /"
    elif not isinstance(path, str):
        return
    elif not path.startswith("/"):
        yield at / "path", f"the path {path!r} does not begin with /", f"write /{path}"
    elif kind in ("Exact", "Prefix"):
        wrong = [part for part in _FORBIDDEN if part in path] + [end for end in ("/..", "/.") if path.endswith(end)]
        if wrong:
            yield at / "path", f"the path {path!r} holds {wrong[0]!r}", "leave that out"


def _backend(backend: Any, at: Pointer) -> Iterator[_Wrong]:
    service, resource = get(backend, "service"), get(backend, "resource")
    if service is None and resource is None:
        yield at, "a backend has neither a service nor a resource", "set service.name and service.port"
    elif service is not None and resource is not None:
        yield at, "a backend has a service and a resource", "remove one of the two"
    elif isinstance(service, dict):
        name, number = get(service, "port", "name"), get(service, "port", "number")
        if name and number:
            yield at / "service" / "port", "a backend has the name and the number of a port", "remove one of the two"
        elif not name and not number:
            yield at, "a backend has no port", "set service.port.name or service.port.number"
