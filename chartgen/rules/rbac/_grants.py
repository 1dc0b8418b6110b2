"""What roles grant and bindings give, read without trusting their shape."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, ScenarioContext
from chartgen.tuples import NamedTuple


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


def bindings_of(role: RenderedObject, ctx: ScenarioContext) -> Iterator[RenderedObject]:
    """The rendered bindings that give a role to somebody."""
    key, memory = ("bindings by role", ctx.name), ctx.chart.memory
    if key not in memory:
        memory[key] = {}
        for binding in ctx.of_kind("RoleBinding", "ClusterRoleBinding"):
            memory[key].setdefault(bound_role(binding), []).append(binding)
    found: list[RenderedObject] = memory[key].get((role.kind, role.name), [])
    return (one for one in found if role.kind == "ClusterRole" or one.namespace == role.namespace)


def bound_role(binding: RenderedObject) -> tuple[str, str]:
    """The kind and the name of the role that a binding gives."""
    return text(binding.body, "roleRef", "kind"), text(binding.body, "roleRef", "name")


def places(
    role: RenderedObject,
    grant: Grant,
    bindings: Iterable[RenderedObject],
    wanted: tuple[str, ...],
    field: str = "resources",
) -> Iterator[Place]:
    """Where a grant is reported: at its rule in the ``role``, at each ``binding`` of the role, or both."""
    if "role" in wanted:
        yield Place.on(role, grant.at(field), key=True)
    if "binding" in wanted:
        yield from (Place.on(binding, Pointer(("roleRef", "name"))) for binding in bindings)


class GrantOptions(NamedTuple):
    """Which roles count, which of their rules, and where they are reported: at the ``role``, or each ``binding``."""

    wildcards: bool = False
    named: bool = False
    only_bound: bool = False
    verbs: tuple[str, ...] = ()
    places: tuple[str, ...] = ("role",)


class PermissionRule(ObjectRule):
    """Looks for one permission among the rules of roles.

    ``groups``, ``resources`` and ``verbs`` are what grants it: a rule with any one of each. ``*`` as a verb or a group
    counts, since it is written beside a resource that somebody named; ``*`` as a resource only where the option
    ``wildcards`` wants it, because ``wildcard-permissions`` reports it. ``meaning`` says what its holder may do.
    """

    kinds = frozenset({"Role", "ClusterRole"})
    options: GrantOptions = GrantOptions()
    groups: ClassVar[frozenset[str]]
    resources: ClassVar[frozenset[str]]
    verbs: ClassVar[frozenset[str]]
    meaning: ClassVar[str]
    cure: ClassVar[str]

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each rule of the role that grants the permission."""
        bindings = tuple(bindings_of(obj, ctx))
        if self.options.only_bound and not bindings:
            return
        for grant in grants(obj):
            found = self.granted(grant)
            if found:
                verbs = sorted(grant.verbs & self._verbs())
                message = f"{self.meaning} ({', '.join(verbs)} on {', '.join(found)})"
                for place in places(obj, grant, bindings, self.options.places):
                    yield self.fault(place, message, help=self.cure)

    def granted(self, grant: Grant) -> list[str]:
        """The resources of a rule on which it grants the permission, sorted."""
        if (grant.is_for_names and not self.options.named) or not grant.verbs & self._verbs():
            return []
        if not grant.groups & (self.groups | {"*"}):
            return []
        return sorted(name for name in grant.resources if self._covers(name))

    def _verbs(self) -> frozenset[str]:
        return (frozenset(self.options.verbs) or self.verbs) | {"*"}

    def _covers(self, resource: str) -> bool:
        """Whether a resource of a rule is one of those meant; ``*/exec`` means the part of every resource."""
        if resource == "*":
            return self.options.wildcards
        if resource.startswith("*/"):
            return any(name.endswith(resource[1:]) for name in self.resources)
        return resource in self.resources


def _texts(values: Any) -> frozenset[str]:
    return frozenset(value for value in values if isinstance(value, str)) if isinstance(values, list) else frozenset()
