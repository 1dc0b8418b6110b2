"""What surrounds an object while it is judged: its request, its namespace, the definitions of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import get, mapping, strings, text
from chartgen.kube.admitted import admitted
from chartgen.kube.kinds import Resource, definitions, resource_of
from chartgen.policy.admission.matching import Request
from chartgen.rules.base import ScenarioContext
from chartgen.yamlread import read_all
from chartgen.yamlscalar import YamlError

USER = {"username": "chartgen", "groups": ["system:authenticated"]}
"""The user who creates the objects; who that will be is not known here."""


class World:
    """What the objects of one scenario share; what is worked out for one policy serves all.

    ``resources`` are those that CustomResourceDefinitions define. The documents of the policy files exist already.
    """

    def __init__(self, ctx: ScenarioContext, documents: Iterable[Mapping[str, Any]]) -> None:
        documents = tuple(documents)
        bodies = (*documents, *(obj.body for obj in ctx.objects), *_crds(ctx.crds))
        self.resources: Mapping[tuple[str, str], Resource] = definitions(bodies)
        self._release_namespace = ctx.chart.options.namespace
        self._given = {
            text(body, "metadata", "name"): body
            for body in (*documents, *(obj.body for obj in ctx.of_kind("Namespace")))
            if body.get("kind") == "Namespace"
        }
        self._namespaces: dict[str, Mapping[str, Any]] = {}
        self._requests: dict[RenderedObject, Request] = {}
        self._offered: dict[RenderedObject, dict[str, Any]] = {}

    def namespace(self, name: str) -> Mapping[str, Any]:
        """A Namespace as the API server would have it; made up, with the one label all have, when it is not known."""
        if name not in self._namespaces:
            body = self._given.get(name, {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
            self._namespaces[name] = admitted(body, resource_of("v1", "Namespace"), "")
        return self._namespaces[name]

    def request(self, obj: RenderedObject) -> Request:
        """The request that would create an object."""
        if obj not in self._requests:
            self._requests[obj] = self._request(obj)
        return self._requests[obj]

    def offered(self, obj: RenderedObject) -> dict[str, Any]:
        """What expressions may name while an object is judged, but for ``params``; not to be changed."""
        if obj not in self._offered:
            self._offered[obj] = self._expressible(self.request(obj))
        return self._offered[obj]

    def _request(self, obj: RenderedObject) -> Request:
        resource = resource_of(obj.api_version, obj.kind, self.resources)
        namespace = (obj.namespace or self._release_namespace) if resource.namespaced else ""
        labels = strings(mapping(self.namespace(namespace), "metadata", "labels")) if namespace else None
        return Request(resource, obj.name, namespace, obj.body, labels)

    def _expressible(self, request: Request) -> dict[str, Any]:
        namespace = request.namespace
        return {
            "object": admitted(request.body, request.resource, self._release_namespace),
            "oldObject": None,
            "request": _admission_request(request),
            "namespaceObject": self.namespace(namespace) if namespace else None,
        }


def _admission_request(request: Request) -> dict[str, Any]:
    """The AdmissionRequest of a creation. Source: ``CreateAdmissionRequest`` of k8s.io/apiserver."""
    resource = request.resource
    kind = {"group": resource.group, "version": resource.version, "kind": resource.kind}
    plural = {"group": resource.group, "version": resource.version, "resource": resource.plural}
    given = {"name": request.name, "namespace": request.namespace}
    return {
        "uid": "",
        "kind": kind,
        "resource": plural,
        "requestKind": kind,
        "requestResource": plural,
        **{key: value for key, value in given.items() if value},
        "operation": "CREATE",
        "userInfo": USER,
        "dryRun": False,
        "options": {"apiVersion": "meta.k8s.io/v1", "kind": "CreateOptions"},
    }


def _crds(texts: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """The objects in a chart's ``crds/``; a file that is no YAML has none (another rule says so)."""
    found: list[Mapping[str, Any]] = []
    for content in texts.values():
        try:
            found += [one.data for one in read_all(content) if get(one.data, "kind")]
        except YamlError:
            continue
    return found
