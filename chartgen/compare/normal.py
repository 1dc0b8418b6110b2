"""Objects in the one form that the API server keeps them in, so that only what differs in the cluster is a change.

Defaults are filled in, quantities are written canonically, what is as good as absent is gone, a Secret's ``stringData``
is in ``data``, old API versions have today's shape. Keys and indexes stay where they are, so that a place in the normal
form is one in the object; ``written`` says so for what moved.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from chartgen.compare.converted import convert
from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import get, items
from chartgen.kube.admitted import admitted, is_builtin
from chartgen.kube.kinds import Resource, resource_of
from chartgen.location import Pointer
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError


def resource(obj: RenderedObject) -> Resource:
    """The resource an object is of; a kind nobody knows is taken to live in a namespace."""
    return resource_of(obj.api_version, obj.kind)


def normal(obj: RenderedObject, namespace: str) -> dict[str, Any]:
    """An object as the API server keeps it. ``namespace`` is the release's."""
    found = admitted(obj.body, resource(obj), namespace)
    found.pop("status", None)
    convert(found)
    _with_metadata(found)
    if obj.kind == "ServiceAccount":
        found.setdefault("automountServiceAccountToken", True)
    template = get(found, *_TEMPLATES.get(obj.kind, ("spec", "template")))
    _with_metadata(template)
    for key in ("name", "namespace"):
        if isinstance(get(template, "metadata"), dict):
            template["metadata"].pop(key, None)  # which Kubernetes does not look at
    if is_builtin(obj.api_version.rpartition("/")[0]):
        _ports_as_numbers(found)
    return found


_TEMPLATES = {"CronJob": ("spec", "jobTemplate", "spec", "template")}


def _with_metadata(body: Any) -> None:
    """Labels and annotations are there, so that each that comes is a change of its own."""
    metadata = get(body, "metadata")
    if isinstance(metadata, dict):
        for key in ("labels", "annotations"):
            metadata.setdefault(key, {})


def _ports_as_numbers(body: dict[str, Any]) -> None:
    """``targetPort: "8080"`` is no name but the number written as a text, which Kubernetes refuses or reads alike."""
    for port in items(body, "spec", "ports"):
        target = get(port, "targetPort")
        if isinstance(target, str) and target.isdecimal():
            port["targetPort"] = int(target)


def written(obj: RenderedObject, pointer: Pointer) -> Pointer:
    """Where a place of the normal form stands in the object as it was rendered."""
    parts = pointer.parts
    if (
        obj.kind == "Secret"
        and len(parts) > 1
        and parts[0] == "data"
        and get(obj.body, "stringData", parts[1]) is not None
    ):
        return Pointer(("stringData", *parts[1:]))
    return pointer


def secret_text(value: Any) -> str | None:
    """What an entry of a Secret's ``data`` says, None where it is no text."""
    try:
        return base64.b64decode(value, validate=True).decode() if isinstance(value, str) else None
    except (binascii.Error, ValueError):
        return None


_LARGEST = 200_000


def embedded(text: Any) -> Any:
    """The mapping or list that a text of several lines, or of JSON, holds; None for any other text."""
    if (
        not isinstance(text, str)
        or len(text) > _LARGEST
        or not ("\n" in text.strip() or text.lstrip()[:1] in ("{", "["))
    ):
        return None
    try:
        data = read(text).data
    except YamlError:
        return None
    return data if isinstance(data, dict | list) else None
