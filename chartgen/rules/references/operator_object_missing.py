"""Objects that wait for another one of an operator's."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, mapping, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import namespace
from chartgen.rules.references._backends import missing
from chartgen.rules.references._outside import OutsideOptions, is_missing, rendered


class OperatorObjectMissing(ObjectRule):
    """An operator's object refers to another one of the release that the chart does not render.

    ## Why
    The operator accepts it and does nothing, or says so in a status that nobody reads: a Certificate without its Issuer
    is never issued, an ExternalSecret without its store stays empty, a ScaledObject without its TriggerAuthentication
    never scales, an IngressRoute without its Middleware or Service answers 404. Objects whose names do not carry the
    release's may be somebody else's.

    ## Bad
    ```yaml
    apiVersion: cert-manager.io/v1
    kind: Certificate
    metadata:
      name: web
    spec:
      secretName: web-tls
      issuerRef:
        name: {{ .Release.Name }}-issuer # here
    ---
    apiVersion: keda.sh/v1alpha1
    kind: ScaledObject
    metadata:
      name: worker
    spec:
      scaleTargetRef:
        name: worker
      triggers:
        - type: rabbitmq
          authenticationRef:
            name: {{ .Release.Name }}-auth # here
    ```

    ## Good
    ```yaml
    apiVersion: cert-manager.io/v1
    kind: Certificate
    metadata:
      name: web
    spec:
      secretName: web-tls
      issuerRef:
        name: {{ .Release.Name }}-issuer
    ---
    apiVersion: cert-manager.io/v1
    kind: Issuer
    metadata:
      name: {{ .Release.Name }}-issuer
    spec:
      selfSigned: {}
    ---
    apiVersion: external-secrets.io/v1
    kind: ExternalSecret
    metadata:
      name: web
    spec:
      secretStoreRef:
        kind: ClusterSecretStore
        name: vault
    ```

    ## Options
    - `outside` (default true): objects that the chart does not render are missed only when their name carries the
      release's. Otherwise all must be rendered.
    """

    id = "operator-object-missing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset(
        {
            "Certificate",
            "CertificateRequest",
            "ExternalSecret",
            "PushSecret",
            "ScaledObject",
            "ScaledJob",
            "IngressRoute",
        }
    )
    options: OutsideOptions = OutsideOptions()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up what each kind refers to; an Ingress route's Services with their ports."""
        for pointer, kind, name, where in _references(obj):
            place = where or ("" if kind.startswith("Cluster") else namespace(obj, ctx))
            if is_missing(kind, name, place, ctx, self.options):
                yield self.fault(
                    Place.on(obj, pointer / "name"),
                    f"refers to {kind} {name!r}, which the chart does not render",
                    help=rendered(kind, ctx),
                )
        for at in _routed(obj):
            service = mapping(obj.body, *at.parts)
            where = text(service, "namespace")
            found = missing(text(service, "name"), service.get("port"), obj, ctx, self.options, where=where)
            if found:
                yield self.fault(
                    Place.on(obj, at / ("name" if found.is_service else "port")), found.message, help=found.help
                )


def _references(obj: RenderedObject) -> Iterator[tuple[Pointer, str, str, str]]:
    """Each reference: its place, and the kind, name and namespace (``""``: its own) of what it is to."""
    spec = Pointer(("spec",))
    if obj.kind in ("Certificate", "CertificateRequest"):
        ref = mapping(obj.body, "spec", "issuerRef")
        if text(ref, "group") in ("", "cert-manager.io"):
            yield spec / "issuerRef", text(ref, "kind") or "Issuer", text(ref, "name"), ""
    elif obj.kind == "ExternalSecret":
        ref = mapping(obj.body, "spec", "secretStoreRef")
        yield spec / "secretStoreRef", text(ref, "kind") or "SecretStore", text(ref, "name"), ""
    elif obj.kind == "PushSecret":
        for index, ref in enumerate(items(obj.body, "spec", "secretStoreRefs")):
            yield spec / "secretStoreRefs" / index, text(ref, "kind") or "SecretStore", text(ref, "name"), ""
    elif obj.kind in ("ScaledObject", "ScaledJob"):
        for index, trigger in enumerate(items(obj.body, "spec", "triggers")):
            ref = mapping(trigger, "authenticationRef")
            at = spec / "triggers" / index / "authenticationRef"
            yield at, text(ref, "kind") or "TriggerAuthentication", text(ref, "name"), ""
    else:
        for index, route in enumerate(items(obj.body, "spec", "routes")):
            for number, ref in enumerate(items(route, "middlewares")):
                at = spec / "routes" / index / "middlewares" / number
                yield at, "Middleware", text(ref, "name"), text(ref, "namespace")


def _routed(obj: RenderedObject) -> Iterator[Pointer]:
    """The Services of an Ingress route."""
    if obj.kind == "IngressRoute":
        for index, route in enumerate(items(obj.body, "spec", "routes")):
            for number, service in enumerate(items(route, "services")):
                if isinstance(service, dict) and service.get("kind", "Service") == "Service":
                    yield Pointer(("spec", "routes", index, "services", number))
