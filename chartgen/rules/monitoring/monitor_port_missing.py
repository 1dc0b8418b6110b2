"""Monitors of ports that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import listed, named, port_names, service_ports
from chartgen.rules.monitoring._targets import is_judged, pods_of_monitor, services_of_monitor


class MonitorPortMissing(ObjectRule):
    """A monitor scrapes a port that what it selects does not have.

    ## Why
    Prometheus accepts the monitor and finds no target. `port` is the name of a port of the Service (ServiceMonitor)
    or of a container (PodMonitor), never a number.

    ## Bad
    ```yaml
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      endpoints:
        - port: metrics # here
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      labels:
        app: web
    spec:
      ports:
        - name: http
          port: 80
    ```

    ## Good
    ```yaml
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      endpoints:
        - port: metrics
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      labels:
        app: web
    spec:
      ports:
        - name: http
          port: 80
        - name: metrics
          port: 9090
    ```
    """

    id = "monitor-port-missing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"ServiceMonitor", "PodMonitor"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up every endpoint's port among the ports of what the monitor selects."""
        if not is_judged(obj, ctx):
            return
        if obj.kind == "ServiceMonitor":
            key = "endpoints"
            services = services_of_monitor(obj, ctx)
            owners = listed(service.ref for service in services)
            names = frozenset(text(port, "name") for service in services for _, port in service_ports(service))
        else:
            key = "podMetricsEndpoints"
            pods = pods_of_monitor(obj, ctx)
            owners = listed(workload.ref for workload, _ in pods)
            names = frozenset().union(*(port_names(pod) for _, pod in pods))
        if not owners:
            return
        for index, endpoint in enumerate(items(obj.body, "spec", key)):
            port = text(endpoint, "port")
            if port and port not in names:
                yield self.fault(
                    Place.on(obj, Pointer(("spec", key, index, "port"))),
                    f"scrapes port {port!r}, which {owners} does not have",
                    help=f"the ports named there: {named(names - {''})}",
                )
