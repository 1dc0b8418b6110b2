"""What roles grant and bindings give, read without trusting their shape."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import items, text
from chartgen.location import Pointer


class Grant(NamedTuple):
    """One rule of a Role or ClusterRole."""

    number: int
    """Its place among the rules, from 0."""
    groups: frozenset[str]
    resources: frozenset[str]
    verbs: frozenset[str]
    is_for_names: bool
    """Whether resourceNames narrow it to certain objects."""

    def at(self, field: str) -> Pointer:
        """Where a field of the rule stands."""
        return Pointer(("rules", self.number, field))


def grants(role: RenderedObject) -> Iterator[Grant]:
    """The rules of a Role or ClusterRole."""
    for index, rule in enumerate(items(role.body, "rules")):
        if isinstance(rule, dict):
            yield Grant(
                index,
                _texts(rule.get("apiGroups")),
                _texts(rule.get("resources")),
                _texts(rule.get("verbs")),
                bool(rule.get("resourceNames")),
            )


def subjects(binding: RenderedObject) -> Iterator[tuple[str, str, Pointer]]:
    """Whom a binding gives its role: kind, name, and where the name stands."""
    for index, subject in enumerate(items(binding.body, "subjects")):
        yield text(subject, "kind"), text(subject, "name"), Pointer(("subjects", index, "name"))


def _texts(values: Any) -> frozenset[str]:
    return frozenset(value for value in values if isinstance(value, str)) if isinstance(values, list) else frozenset()
