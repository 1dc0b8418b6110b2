"""Which objects a policy or binding is about.

Source: ``pkg/admission/plugin/policy/matching`` and ``webhook/predicates/rules`` of k8s.io/apiserver.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from chartgen.kube.access import mapping, selects, strings
from chartgen.kube.kinds import Resource
from chartgen.policy.admission.model import Match, ResourceRule
from chartgen.tuples import NamedTuple

_EXEMPT = ("validatingadmissionpolicies", "validatingadmissionpolicybindings")
"""Resources no policy is ever asked about, so that none can lock itself in."""

_SAME = ({"extensions", "apps"}, {"extensions", "networking.k8s.io"}, {"", "events.k8s.io"})
"""Groups that serve the same resources."""


class Request(NamedTuple):
    """The request that would create an object. ``namespace`` is empty for what lives in none.

    ``namespace_labels`` is None when there is no namespace.
    """

    resource: Resource
    name: str
    namespace: str
    body: Mapping[str, Any]
    namespace_labels: Mapping[str, str] | None


def matches(match: Match, request: Request, *, empty: bool = False) -> bool:
    """Whether a policy is asked about a request; ``empty`` is the answer when it has no rules at all."""
    if request.resource.group == "admissionregistration.k8s.io" and request.resource.plural in _EXEMPT:
        return False
    if not _selected(match, request):
        return False
    if _any(match.excluded, request, exact=match.exact):
        return False
    return _any(match.rules, request, exact=match.exact) if match.rules else empty


def _selected(match: Match, request: Request) -> bool:
    labels = request.namespace_labels
    if request.resource.kind == "Namespace" and not request.resource.group:
        labels = strings(mapping(request.body, "metadata", "labels"))
    if match.namespaces and labels is not None and not selects(match.namespaces, labels):
        return False
    return not match.objects or selects(match.objects, strings(mapping(request.body, "metadata", "labels")))


def _any(rules: Iterable[ResourceRule], request: Request, *, exact: bool) -> bool:
    return any(_rule(rule, request, exact=exact) for rule in rules)


def _rule(rule: ResourceRule, request: Request, *, exact: bool) -> bool:
    resource = request.resource
    is_namespace = resource.kind == "Namespace" and not resource.group
    return (
        ("*" in rule.operations or "CREATE" in rule.operations)
        and (
            (_has(rule.groups, resource.group) and _has(rule.versions, resource.version))
            or (not exact and any(_has(rule.groups, group) for group in _equivalent(resource.group)))
        )
        and any(_resource(wanted, resource.plural) for wanted in rule.resources)
        and (not rule.names or request.name in rule.names)
        and (rule.scope == "*" or (rule.scope == "Namespaced") == (bool(request.namespace) and not is_namespace))
    )


def _has(wanted: tuple[str, ...], value: str) -> bool:
    return "*" in wanted or value in wanted


def _equivalent(group: str) -> set[str]:
    """The groups a resource of one may be asked about as; versions of the same group are among them."""
    return {group}.union(*(same for same in _SAME if group in same))


def _resource(wanted: str, plural: str) -> bool:
    """Whether a name in a rule means a resource itself rather than a subresource like ``pods/exec``."""
    resource, slash, subresource = wanted.partition("/")
    return resource in ("*", plural) and (not slash or subresource in ("*", ""))
