"""What ``helm template`` prints, made from what Helm's library renders.

The library gives one text for each template file. Helm's command splits them into documents, puts these in the order of
installation, hooks behind the rest and CRDs in front, and leaves out notes, partials, blank documents and hooks of
unknown kinds (``pkg/release/v1/util/manifest_sorter.go``, ``kind_sorter.go``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chartgen.engine.api import Failure, Rendered
from chartgen.yamlread import read

INSTALL_ORDER = (
    "PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy",
    "PodDisruptionBudget", "ServiceAccount", "Secret", "SecretList", "ConfigMap", "StorageClass", "PersistentVolume",
    "PersistentVolumeClaim", "CustomResourceDefinition", "ClusterRole", "ClusterRoleList", "ClusterRoleBinding",
    "ClusterRoleBindingList", "Role", "RoleList", "RoleBinding", "RoleBindingList", "Service", "DaemonSet", "Pod",
    "ReplicationController", "ReplicaSet", "Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob",
    "IngressClass", "Ingress", "APIService", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
)  # fmt: skip
"""The kinds Helm installs in this order; all others come after them, by name."""

HOOKS = frozenset(
    {
        "pre-install", "post-install", "pre-delete", "post-delete", "pre-upgrade", "post-upgrade", "pre-rollback",
        "post-rollback", "test", "test-success",
    }
)  # fmt: skip
"""The hooks Helm knows; an object with another one is not installed at all."""

_PLACE = {kind: (place, "") for place, kind in enumerate(INSTALL_ORDER)}
_SEPARATOR = re.compile(r"^---[ \t]*", re.MULTILINE)
_SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""What Go's ``unicode.IsSpace`` takes for space; Python's ``strip`` takes more."""


@dataclass(frozen=True, slots=True)
class _Document:
    source: str
    text: str
    kind: str
    hooks: str | None


def manifest(rendered: Rendered, chart_name: str, *, include_crds: bool = False) -> str | Failure:
    """The text ``helm template`` would print for this chart, or the Failure it would end with."""
    documents: list[_Document] = []
    for path in sorted(rendered.files):
        name = f"{chart_name}/{path}"
        if path.endswith("NOTES.txt") or path.rpartition("/")[2].startswith("_"):
            continue
        for text in split(rendered.files[path]):
            try:
                documents.append(_document(name, text))
            except ValueError as error:
                return Failure("render", f"YAML parse error: {error}", path)
    plain = sorted((d for d in documents if d.hooks is None), key=_place)
    hooks = sorted((d for d in documents if d.hooks is not None and _known(d.hooks)), key=_place)
    body = "".join(_printed(name, text) for name, text in _crds(rendered, chart_name) if include_crds)
    body += "".join(_printed(document.source, document.text) for document in plain)
    return body.strip(_SPACE) + "\n" + "".join(_printed(document.source, document.text) for document in hooks)


def split(text: str) -> Iterator[str]:
    """The documents of a rendered file, blank ones left out, as Helm cuts them: at each ``---`` that begins a line."""
    for part in _SEPARATOR.split(text.lstrip(_SPACE)):
        if part := part.lstrip(_SPACE):
            yield part


def _document(source: str, text: str) -> _Document:
    """A document with what Helm reads of its head. Raises ValueError where Helm finds no YAML or another type."""
    head = _mapping("the document", read(text).data)
    metadata = _mapping("metadata", head.get("metadata"))
    _text("apiVersion", head.get("apiVersion"))
    _text("metadata.name", metadata.get("name"))
    annotations = {
        key: _text(f"metadata.annotations.{key}", value)
        for key, value in _mapping("metadata.annotations", metadata.get("annotations")).items()
    }
    return _Document(source, text, _text("kind", head.get("kind")), annotations.get("helm.sh/hook"))


def _mapping(what: str, value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ValueError(f"{what} is {value!r:.60}, not a mapping")
    return value


def _text(what: str, value: Any) -> str:
    """A string, as Go's reader makes one of every scalar where a string is due."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, dict | list):
        raise ValueError(f"{what} is {value!r:.60}, not a string")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _place(document: _Document) -> tuple[int, str]:
    return _PLACE.get(document.kind, (len(INSTALL_ORDER), document.kind))


def _known(hooks: str) -> bool:
    return all(hook.strip(_SPACE).lower() in HOOKS for hook in hooks.split(","))


def _crds(rendered: Rendered, chart_name: str) -> Iterator[tuple[str, str]]:
    """The CRDs in Helm's order: the chart's own first, then those of each subchart, as the library lists them."""
    return ((f"{chart_name}/{path}", text) for path, text in rendered.crds.items())


def _printed(source: str, text: str) -> str:
    return f"---\n# Source: {source}\n{text}\n"
