"""Names in the DNS that two objects ask for."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule


class DuplicateDnsName(ScenarioRule):
    """Two Services ask external-dns for the same host name.

    ## Why
    external-dns writes whichever it sees last, and the record changes back and forth. Several Services behind one name
    are meant only with a `set-identifier`, which is respected.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      annotations:
        external-dns.alpha.kubernetes.io/hostname: www.example.com
    spec:
      type: LoadBalancer
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: api
      annotations:
        external-dns.alpha.kubernetes.io/hostname: api.example.com, www.example.com # here
    spec:
      type: LoadBalancer
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      annotations:
        external-dns.alpha.kubernetes.io/hostname: www.example.com
    spec:
      type: LoadBalancer
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: api
      annotations:
        external-dns.alpha.kubernetes.io/hostname: api.example.com
    spec:
      type: LoadBalancer
    ```
    """

    id = "duplicate-dns-name"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Service"})
    keys = ("external-dns.alpha.kubernetes.io/hostname", "external-dns.alpha.kubernetes.io/internal-hostname")

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each name that an earlier Service asked for."""
        seen: dict[str, RenderedObject] = {}
        for obj in ctx.of_kind("Service"):
            if f"{_PREFIX}set-identifier" in obj.annotations:
                continue
            for field in ("hostname", "internal-hostname"):
                for name in str(obj.annotations.get(_PREFIX + field, "")).split(","):
                    first = seen.setdefault(f"{field} {name.strip().lower()}", obj)
                    if name.strip() and first is not obj:
                        yield self.fault(
                            Place.on(obj, Pointer(("metadata", "annotations", _PREFIX + field))),
                            f"asks for the name {name.strip()!r}, as {first.ref} does",
                            help="give each Service a name of its own",
                        )


_PREFIX = "external-dns.alpha.kubernetes.io/"
