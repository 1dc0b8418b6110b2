"""Webhooks and API services that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, mapping, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.references._backends import missing
from chartgen.rules.references._outside import OutsideOptions


class WebhookServiceMissing(ObjectRule):
    """A webhook or an APIService leads to a Service of the release, or a port of one, that does not exist.

    ## Why
    The API server cannot reach the webhook: with `failurePolicy: Fail`, the default, every object it is about is
    refused, in the whole cluster. A broken APIService makes `kubectl` slow and keeps namespaces from being deleted.
    Services that the chart does not render are only missed when their name carries the release's.

    ## Bad
    ```yaml
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata:
      name: web
    webhooks:
      - name: pods.example.com
        clientConfig:
          service:
            name: {{ .Release.Name }}-hook # here
            namespace: {{ .Release.Namespace }}
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: {{ .Release.Name }}-webhook
    spec:
      ports:
        - port: 443
    ```

    ## Good
    ```yaml
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata:
      name: web
    webhooks:
      - name: pods.example.com
        clientConfig:
          service:
            name: {{ .Release.Name }}-webhook
            namespace: {{ .Release.Namespace }}
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: {{ .Release.Name }}-webhook
    spec:
      ports:
        - port: 443
    ```

    ## Options
    - `outside` (default true): Services that the chart does not render are missed only when their name carries the
      release's. Otherwise every Service must be rendered.
    """

    id = "webhook-service-missing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "APIService"})
    options: OutsideOptions = OutsideOptions()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up the Service, and its port, which is 443 unless it is given."""
        if obj.kind == "APIService":
            places = [Pointer(("spec", "service"))]
        else:
            hooks = len(items(obj.body, "webhooks"))
            places = [Pointer(("webhooks", index, "clientConfig", "service")) for index in range(hooks)]
        for at in places:
            service = mapping(obj.body, *at.parts)
            where = text(service, "namespace")
            found = missing(text(service, "name"), service.get("port", 443), obj, ctx, self.options, where=where)
            if found:
                yield self.fault(
                    Place.on(obj, at / ("name" if found.is_service else "port")), found.message, help=found.help
                )
