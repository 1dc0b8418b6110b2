"""Rules about what comes in and goes out: ingress, metrics, network peers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.model import Port
from chartgen.spec.phrases import meant
from chartgen.spec.rules_ports import no_port
from chartgen.spec.scope import Scope


def ingress_forms(scope: Scope) -> Iterator[Problem]:
    """One way in: hosts said once, and either an Ingress or a Gateway's route, with what belongs to it."""
    if "ingress" not in scope.own:
        return
    given = scope.given("ingress")
    place = scope.pointer / "ingress"
    if given and ("host" in given) == ("hosts" in given):
        twice = "host" in given
        yield scope.problem(
            place / "host" if twice else place,
            "cannot be combined with 'hosts'" if twice else "'host' is missing",
            hint="use one of them" if twice else "add: host: shop.example.com",
            code="two-forms" if twice else "missing-key",
            key=True,
        )
    chosen = scope.workload.ingress
    alb = given.get("class") == "alb"
    if "gateway" in given:
        for key in ("class", "tls", "certificate"):
            if given.get(key):
                why = "a Gateway is not an ingress class" if key == "class" else "its listener holds the certificate"
                yield scope.problem(
                    place / key, f"cannot be combined with 'gateway': {why}", hint=f"remove {key} or gateway",
                    code="gateway-conflict", key=True,
                )  # fmt: skip
        if given.get("pathType") == "ImplementationSpecific":
            yield scope.problem(
                place / "pathType", "a Gateway knows Prefix and Exact only", hint="use Prefix", code="gateway-conflict"
            )
    elif "certificate" in given and not alb:
        yield scope.problem(
            place / "certificate", "needs class alb", hint="add: class: alb", code="needs-alb", key=True
        )
    if alb and chosen is not None and (chosen.tls_secret or chosen.issuer):
        yield scope.problem(
            place / "tls",
            "class alb takes certificates from ACM, not from a Secret",
            hint="give the certificate's ARN as ingress.certificate",
            code="alb-secret",
            key=True,
        )


def ingress_port(scope: Scope) -> Iterator[Problem]:
    """Traffic needs a port that exists."""
    workload = scope.workload
    if workload.ingress is None:
        return
    if workload.service is None:
        yield no_port(scope, scope.pointer / "ingress", "", ())
        return
    place = scope.pointer / "ingress" / "port"
    found = next((port for port in workload.ports if port.name == workload.ingress.port), None)
    if found is None:
        yield no_port(scope, place, workload.ingress.port, workload.ports)
    else:
        yield from _speaks_http(scope, place, found)


def metrics(scope: Scope) -> Iterator[Problem]:
    """Prometheus needs a port that exists."""
    workload = scope.workload
    if workload.metrics is None:
        return
    place = scope.pointer / "metrics"
    found = next((port for port in workload.ports if port.name == workload.metrics.port), None)
    wanted = scope.given("metrics").get("port")
    if found is None:
        yield no_port(scope, place / "port", workload.metrics.port, workload.ports)
    elif isinstance(wanted, int) and found.port != wanted:
        yield scope.problem(
            place / "port",
            f"{wanted} is not a port of the workload, and the name 'metrics' is taken by {found.port}",
            hint="give it a name under ports",
            code="no-port",
        )
    else:
        yield from _speaks_http(scope, place / "port", found)


def _speaks_http(scope: Scope, place: Pointer, port: Port) -> Iterator[Problem]:
    if port.protocol != "TCP":
        yield scope.problem(
            place,
            f"the port {port.name!r} is {port.protocol}, and HTTP needs TCP",
            hint="choose another port",
            code="not-tcp",
        )


_MATCHER = re.compile(r'(=~|!~|!=|=) *"((?:[^"\\]|\\.)*)"')


def failed_requests(scope: Scope) -> Iterator[Problem]:
    """A pattern that Prometheus cannot read would take the whole rule file with it."""
    if scope.workload.metrics is None:
        return
    for operator, written in _MATCHER.findall(scope.workload.metrics.errors):
        pattern = re.sub(r"\\(.)", r"\1", written)
        if "~" in operator and not _is_pattern(pattern):
            yield scope.problem(
                scope.pointer / "metrics" / "errors",
                f"{pattern!r} is not a pattern that Prometheus can read",
                hint='write a regular expression of the RE2 kind, such as "5.."',
                code="pattern",
            )


def _is_pattern(text: str) -> bool:
    # RE2 has no look-around and no references to groups.
    try:
        re.compile(text)
    except re.error:
        return False
    return re.search(r"\(\?<?[=!]|\\[1-9]", text) is None


def peers(scope: Scope) -> Iterator[Problem]:
    """Peers must be someone, and ranges of addresses must be ranges."""
    names = [workload.name for workload in scope.app.workloads if workload.name]
    for side in ("from", "to"):
        for index, value in enumerate(scope.given("network").get(side, ())):
            place = scope.pointer / "network" / side / index
            given = {} if isinstance(value, str) else value
            cidr = given.get("cidr", value if isinstance(value, str) and "/" in value else "")
            if cidr:
                yield from _range(scope, place / "cidr", cidr)
            if given:
                who = [key for key in ("workload", "app", "namespace", "cidr") if key in given]
                if not who or (len(who) > 1 and who != ["app", "namespace"]):
                    yield scope.problem(
                        place,
                        "names nobody" if not who else f"names {who[0]} and {who[1]}, and a peer is one of them",
                        hint="give workload, app, namespace or cidr; only app and namespace go together",
                        code="peer-forms",
                        key=True,
                    )
                name = given.get("workload", "")
                if name and name not in names:
                    yield scope.problem(
                        place / "workload", f"there is no workload {name!r}{meant(name, names)}", code="no-workload"
                    )
            elif value not in names and (near := meant(value, names)):
                yield scope.problem(
                    place,
                    f"{value!r} is not a workload of this spec and is taken for another application{near}",
                    hint=f"write {{app: {value}}} if it is one",
                    code="no-workload",
                    warning=True,
                )


def _range(scope: Scope, place: Pointer, text: str) -> Iterator[Problem]:
    from ipaddress import ip_network

    try:
        ip_network(text)
    except ValueError:
        try:
            hint = f"did you mean {ip_network(text, strict=False)}?"
        except ValueError:
            hint = "write a range such as 10.0.0.0/8"
        yield scope.problem(place, f"{text!r} is not a range of addresses", hint=hint, code="bad-range")
