"""What the rules of a role allow, permission by permission, and what one set of rules allows that another does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, Final

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import get, items
from chartgen.tuples import NamedTuple

_DANGEROUS: Final = frozenset(("escalate", "bind", "impersonate"))


class Permission(NamedTuple):
    """One verb on one resource of one group (or on a URL, which stands for the resource). ``name`` is ``""`` for all
    objects of the resource.
    """

    group: str
    resource: str
    verb: str
    name: str = ""

    def covers(self, other: Permission) -> bool:
        """Whether whoever has this has the other."""
        return (
            self.group in ("*", other.group)
            and self.resource in ("*", other.resource)
            and self.verb in ("*", other.verb)
            and self.name in ("", other.name)
        )

    @property
    def is_dangerous(self) -> bool:
        """Whether it is worth more than it looks: everything, secrets, or other people's rights."""
        return "*" in (self.resource, self.verb) or self.resource == "secrets" or self.verb in _DANGEROUS

    def __str__(self) -> str:
        resource = f"{self.resource}.{self.group}" if self.group else self.resource
        return f"{self.verb} {resource}" + (f" {self.name}" if self.name else "")


def permissions(body: Mapping[str, Any]) -> tuple[Permission, ...]:
    """All that the rules of a Role or ClusterRole allow."""
    found: list[Permission] = []
    for rule in items(body, "rules"):
        verbs = _texts(rule, "verbs")
        names = _texts(rule, "resourceNames") or [""]
        found += (
            Permission(*one) for one in product(_texts(rule, "apiGroups"), _texts(rule, "resources"), verbs, names)
        )
        found += (Permission("", url, verb) for url, verb in product(_texts(rule, "nonResourceURLs"), verbs))
    return tuple(dict.fromkeys(found))


def _texts(rule: Any, key: str) -> list[str]:
    return [one for one in items(rule, key) if isinstance(one, str)]


def beyond(some: Iterable[Permission], others: tuple[Permission, ...]) -> Iterator[Permission]:
    """The permissions that are not among others, nor in one of them."""
    known = set(others)
    wide = [other for other in others if "*" in other or not other.name]
    for one in some:
        if one not in known and not any(other.covers(one) for other in wide):
            yield one


def told(some: list[Permission]) -> str:
    """Permissions in a message, verbs of one resource together: ``get, list pods``."""
    verbs: dict[tuple[str, str, str], list[str]] = {}
    for one in some:
        verbs.setdefault((one.group, one.resource, one.name), []).append(one.verb)
    texts = [str(Permission(group, name, ", ".join(known), own)) for (group, name, own), known in verbs.items()]
    more = len(texts) - 4
    return "; ".join(texts[:4]) + (f" and {more} more" if more > 0 else "")


AGGREGATES: Final = "rbac.authorization.k8s.io/aggregate-to-"
"""Labels by which a role adds what it allows to one that Kubernetes brings: ``aggregate-to-edit: "true"``."""


def joins(obj: RenderedObject) -> tuple[str, ...]:
    """The roles of Kubernetes (``admin``, ``edit``, ``view``) to which a ClusterRole adds what it allows."""
    if obj.kind != "ClusterRole":
        return ()
    found = (key for key, value in obj.labels.items() if key.startswith(AGGREGATES) and str(value) == "true")
    return tuple(key.removeprefix(AGGREGATES) for key in found)


def gathers(body: Mapping[str, Any]) -> bool:
    """Whether Kubernetes fills in the rules of a role, with those of the roles that it selects."""
    return isinstance(get(body, "aggregationRule"), dict)


def subjects(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Whom a binding gives its role to: ``ServiceAccount/web``."""
    return tuple(f"{get(one, 'kind')}/{get(one, 'name')}" for one in items(body, "subjects"))
