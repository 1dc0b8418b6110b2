"""Objects without a name, or with one that Kubernetes refuses."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import is_dns_label, is_dns_subdomain, mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext

_LABEL_KINDS = frozenset({"Namespace", "Service"})
"""Kinds whose name becomes a DNS label."""

_FREE_KINDS = frozenset({"ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"})
"""Kinds whose name is a path segment: anything but ``.``, ``..``, ``/`` and ``%``."""


class InvalidObjectName(ObjectRule):
    """An object has no name, or one that Kubernetes does not allow.

    ## Why
    The API refuses the object. Most names must be lower-case letters, digits, dashes and dots; those of Services and
    Namespaces at most 63 characters without dots. A name that is too long shows up first for the user with a long
    release name.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: App_Settings # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app-settings
    ```
    """

    id = "invalid-object-name"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Check metadata.name by the rule of its kind."""
        metadata = mapping(obj.body, "metadata")
        place = Place.on(obj, Pointer(("metadata", "name")))
        name = metadata.get("name")
        if name is None or name == "":
            if not metadata.get("generateName"):
                yield self.fault(place, "the object has no name", subject=obj.kind, help="set metadata.name")
        elif not isinstance(name, str):
            yield self.fault(place, f"the name {obj.name} is not text", help="quote it")
        elif cure := _cure(obj.kind, name):
            yield self.fault(place, f"the name {name!r} is not allowed", help=cure)


def _cure(kind: str, name: str) -> str:
    """What to do about a name that Kubernetes refuses for a kind, or ``""``."""
    if kind in _FREE_KINDS:
        return "leave out '/' and '%'" if "/" in name or "%" in name or name in (".", "..") else ""
    if kind == "Service":
        is_allowed = is_dns_label(name) and name[0].isalpha()
        return "" if is_allowed else "use a letter, then up to 62 small letters, digits and dashes"
    if kind in _LABEL_KINDS:
        return "" if is_dns_label(name) else "use up to 63 small letters, digits and dashes"
    return "" if is_dns_subdomain(name) else "use small letters, digits, dashes and dots, at most 253"
