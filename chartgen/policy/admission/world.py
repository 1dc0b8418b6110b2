"""What surrounds an object while it is judged: its request, its namespace, the definitions of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

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


class World(NamedTuple):
    """What the objects of one scenario share. ``namespaces`` are the Namespaces that are known, by name."""

    resources: Mapping[tuple[str, str], Resource]
    namespaces: Mapping[str, Mapping[str, Any]]
    release_namespace: str

    @classmethod
    def of(cls, ctx: ScenarioContext, documents: Iterable[Mapping[str, Any]]) -> World:
        """The world of a scenario, in which the documents of the policy files exist already."""
        documents = tuple(documents)
        bodies = (*documents, *(obj.body for obj in ctx.objects), *_crds(ctx.crds))
        namespaces = {
            text(body, "metadata", "name"): body
            for body in (*documents, *(obj.body for obj in ctx.of_kind("Namespace")))
            if body.get("kind") == "Namespace"
        }
        return cls(definitions(bodies), namespaces, ctx.chart.options.namespace)

    def namespace(self, name: str) -> Mapping[str, Any]:
        """A Namespace as the API server would have it; made up, with the one label all have, when it is not known."""
        body = self.namespaces.get(name, {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
        return admitted(body, resource_of("v1", "Namespace"), "")

    def request(self, obj: RenderedObject) -> Request:
        """The request that would create an object."""
        resource = resource_of(obj.api_version, obj.kind, self.resources)
        namespace = (obj.namespace or self.release_namespace) if resource.namespaced else ""
        labels = strings(mapping(self.namespace(namespace), "metadata", "labels")) if namespace else None
        return Request(resource, obj.name, namespace, obj.body, labels)

    def offered(self, request: Request) -> dict[str, Any]:
        """What expressions may name, but for ``params``."""
        namespace = request.namespace
        return {
            "object": admitted(request.body, request.resource, self.release_namespace),
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
