"""Ingresses whose certificates are for other hosts."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import named


class TlsHostMismatch(ObjectRule):
    """An Ingress serves a host that its TLS section does not name, or names one that it does not serve.

    ## Why
    A host outside `spec.tls` is answered with the controller's own certificate, and browsers refuse it; cert-manager
    asks for a certificate of a host nobody serves. The two lists usually come from different values, of which somebody
    changed one.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      tls:
        - secretName: web-tls
          hosts:
            - www.example.org # here
      rules:
        - host: www.example.com # here
        - host: api.example.org # here
    ```

    ## Good
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      tls:
        - secretName: web-tls
          hosts: ["*.example.com"]
      rules:
        - host: www.example.com
    ```
    """

    id = "tls-host-mismatch"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Ingress"})
    keys = ("tls",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the two lists; an entry without hosts is for all, and a rule without a host serves all."""
        entries = items(obj.body, "spec", "tls")
        secured = {str(host): (n, m) for n, entry in enumerate(entries) for m, host in enumerate(items(entry, "hosts"))}
        served = {text(rule, "host"): index for index, rule in enumerate(items(obj.body, "spec", "rules"))}
        if not secured or any(not items(entry, "hosts") for entry in entries):
            return
        for host, index in served.items():
            if host and not any(_covers(one, host) for one in secured):
                yield self.fault(
                    Place.on(obj, Pointer(("spec", "rules", index, "host"))),
                    f"serves {host!r}, which spec.tls does not name",
                    help=f"spec.tls names {named(tuple(secured))}",
                )
        for host, (number, position) in secured.items():
            if not any(not one or _covers(one, host) or _covers(host, one) for one in served):
                yield self.fault(
                    Place.on(obj, Pointer(("spec", "tls", number, "hosts", position))),
                    f"has a certificate for {host!r}, which no rule serves",
                    help=f"the rules serve {named(tuple(served))}",
                )


def _covers(pattern: str, host: str) -> bool:
    """Whether a host, or a wildcard for one label, stands for another."""
    if pattern.lower() == host.lower():
        return True
    return pattern.startswith("*.") and pattern[1:].lower() == host[host.find(".") :].lower()
