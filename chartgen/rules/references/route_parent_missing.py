"""Routes that no gateway knows."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get, items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import find, namespace
from chartgen.rules.references._outside import OutsideOptions, is_missing, rendered


class RouteParentMissing(ObjectRule):
    """A route names a Gateway, or a listener of one, that does not exist.

    ## Why
    A route without a parent is accepted by the API and served by nobody; its status says `NoMatchingParent` or nothing
    at all. Gateways usually belong to the platform, so one that the chart does not render is missed only when its name
    carries the release's. Of a Gateway that is rendered, `sectionName` and `port` must be those of a listener.

    ## Bad
    ```yaml
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata:
      name: web
    spec:
      parentRefs:
        - name: web
          sectionName: https # here
        - name: {{ .Release.Name }}-gateway # here
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata:
      name: web
    spec:
      gatewayClassName: example
      listeners:
        - name: http
          port: 80
          protocol: HTTP
    ```

    ## Good
    ```yaml
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata:
      name: web
    spec:
      parentRefs:
        - name: web
          sectionName: http
        - name: shared
          namespace: gateways
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata:
      name: web
    spec:
      gatewayClassName: example
      listeners:
        - name: http
          port: 80
          protocol: HTTP
    ```

    ## Options
    - `outside` (default true): Gateways that the chart does not render are missed only when their name carries the
      release's. Otherwise every Gateway must be rendered.
    """

    id = "route-parent-missing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"})
    options: OutsideOptions = OutsideOptions()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up each parent and its listener."""
        for index, parent in enumerate(items(obj.body, "spec", "parentRefs")):
            if not isinstance(parent, dict) or parent.get("kind", "Gateway") != "Gateway":
                continue
            at, name = Pointer(("spec", "parentRefs", index)), text(parent, "name")
            where = text(parent, "namespace") or namespace(obj, ctx)
            gateway = find("Gateway", name, where, ctx)
            if gateway is None:
                if is_missing("Gateway", name, where, ctx, self.options):
                    message = f"belongs to Gateway {name!r}, which the chart does not render"
                    yield self.fault(Place.on(obj, at / "name"), message, help=rendered("Gateway", ctx))
                continue
            listeners = items(gateway.body, "spec", "listeners")
            for key, field in (("sectionName", "name"), ("port", "port")):
                wanted = parent.get(key)
                known = [get(listener, field) for listener in listeners]
                if wanted is not None and listeners and wanted not in known:
                    yield self.fault(
                        Place.on(obj, at / key),
                        f"belongs to listener {wanted!r} of {gateway.ref}, which has no such listener",
                        help=f"its listeners: {', '.join(str(one) for one in known)}",
                    )
