"""StatefulSets whose pods have no names in the DNS."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, mapping, replicas, service_selects, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import find, is_headless, namespace
from chartgen.rules.references._outside import OutsideOptions, is_missing


class StatefulSetServiceMissing(PodRule):
    """A StatefulSet's serviceName is not a headless Service that selects its pods.

    ## Why
    The pods' own names (`db-0.db.ns.svc`) come from that Service: without it, or when it has an address of its own or
    selects other pods, they do not resolve and the members do not find each other. `serviceName` cannot be changed
    later. A single pod seldom needs its name, so that is only noted. Services that the chart does not render are only
    missed when their name carries the release's.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db # here
      template:
        metadata:
          labels:
            app: db
        spec:
          containers: []
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      selector:
        app: db
      ports:
        - port: 5432
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db-headless
      template:
        metadata:
          labels:
            app: db
        spec:
          containers: []
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: db-headless
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - port: 5432
    ```

    ## Options
    - `outside` (default true): Services that the chart does not render are missed only when their name carries the
      release's. Otherwise every StatefulSet must name one that is rendered.
    """

    id = "stateful-set-service-missing"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"StatefulSet"})
    options: OutsideOptions = OutsideOptions()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look the Service up, and compare it with the pods."""
        name, where = text(obj.body, "spec", "serviceName"), namespace(obj, ctx)
        service = find("Service", name, where, ctx) if name else None
        wrong = ""
        if service is None:
            if not name and not self.options.outside:
                wrong = "names no Service for its pods"
            elif is_missing("Service", name, where, ctx, self.options):
                wrong = f"names Service {name!r}, which the chart does not render"
        elif not is_headless(service):
            wrong = f"names Service {name!r}, which has an address of its own"
        elif mapping(service.body, "spec", "selector") and not service_selects(service.body, pod.labels):
            wrong = f"names Service {name!r}, which selects other pods"
        if wrong:
            yield self.fault(
                Place.on(obj, Pointer(("spec", "serviceName"))),
                wrong,
                help="name a Service with clusterIP: None that selects these pods",
                severity=None if service is None and (replicas(obj.body) or 1) > 1 else Severity.INFO,
            )
