"""Looks up the Service and port that an Ingress or a route leads to."""

from chartgen.engine.objects import RenderedObject
from chartgen.rules.base import ScenarioContext
from chartgen.rules.lookup import find, is_own, namespace, operators_act, service_ports
from chartgen.rules.references._outside import OutsideOptions
from chartgen.tuples import NamedTuple


class Missing(NamedTuple):
    """What a backend lacks: the Service itself or the port of it."""

    message: str
    help: str
    is_service: bool


def missing(
    name: str, port: object, obj: RenderedObject, ctx: ScenarioContext, options: OutsideOptions, *, where: str = ""
) -> Missing | None:
    """What is missing behind a backend of ``obj``: its Service, the port of it, or nothing."""
    if not name:
        return None
    where = where or namespace(obj, ctx)
    service = find("Service", name, where, ctx)
    if service is None:
        services = ctx.of_kind("Service")
        if options.outside and (not services or not is_own(name, ctx) or operators_act(ctx)):
            return None
        names = ", ".join(sorted(one.name for one in services)) or "none"
        return Missing(f"leads to Service {name!r}, which the chart does not render", f"it renders: {names}", True)
    if port is None or service.body.get("spec", {}).get("type") == "ExternalName":
        return None
    known = [known_port for _, known_port in service_ports(service)]
    if any(port in (one.get("name"), one.get("port")) for one in known) or not known:
        return None
    ports = ", ".join(
        f"{one.get('name')} ({one.get('port')})" if one.get("name") else f"{one.get('port')}" for one in known
    )
    return Missing(f"leads to port {port!r} of Service {name!r}, which has no such port", f"its ports: {ports}", False)
