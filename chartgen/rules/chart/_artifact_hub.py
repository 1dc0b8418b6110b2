"""What Artifact Hub reads from a chart's annotations.

Source: artifacthub.io, "Artifact Hub annotations in Helm Chart.yaml file", and its tracker for Helm packages
(``internal/tracker/source/helm`` and ``internal/hub/pkg.go`` of artifacthub/hub).
"""

from __future__ import annotations

from typing import Any

from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError

PREFIX = "artifacthub.io/"

_BOOLEANS = ("containsSecurityUpdates", "operator", "prerelease")
_CHOICES = {
    "category": (
        "ai-machine-learning",
        "database",
        "integration-delivery",
        "monitoring-logging",
        "networking",
        "security",
        "storage",
        "streaming-messaging",
        "skip-prediction",
    ),
    "operatorCapabilities": (
        "Basic Install",
        "Seamless Upgrades",
        "Full Lifecycle",
        "Deep Insights",
        "Auto Pilot",
    ),
}
_LISTS = {
    "changes": (),
    "crds": ("kind", "version", "name"),
    "crdsExamples": (),
    "images": ("image",),
    "links": ("name", "url"),
    "maintainers": ("name", "email"),
    "recommendations": ("url",),
    "screenshots": ("title", "url"),
}
"""Annotations that hold a YAML list, and the keys that each of its items must have."""

_CHANGES = ("added", "changed", "deprecated", "removed", "fixed", "security")
_OTHERS = ("alternativeName", "license", "signKey")

KNOWN = (*_BOOLEANS, *_CHOICES, *_LISTS, *_OTHERS)


def fault(name: str, value: str) -> str:
    """What is wrong with an annotation that Artifact Hub knows, without its prefix; ``""`` for nothing.

    >>> fault("prerelease", "maybe")
    "'maybe' is neither 'true' nor 'false'"
    """
    if name in _BOOLEANS:
        return "" if value.lower() in ("true", "false") else f"{value!r} is neither 'true' nor 'false'"
    if name in _CHOICES:
        choices = _CHOICES[name]
        known = value.lower() in [choice.lower() for choice in choices]
        return "" if known else f"{value!r} is none of {', '.join(choices)}"
    if name not in (*_LISTS, "signKey"):
        return ""
    try:
        data = read(value).data
    except YamlError as error:
        return f"it is not valid YAML: {error.message}"
    if name == "signKey":
        return _item(data, ("fingerprint", "url"), "it")
    if data is not None and not isinstance(data, list):
        return "it is no YAML list"
    return next((wrong for n, item in enumerate(data or (), 1) if (wrong := _list_item(name, item, f"item {n}"))), "")


def _list_item(name: str, item: Any, what: str) -> str:
    if name == "crdsExamples":
        return "" if isinstance(item, dict) else f"{what} is no object"
    if name != "changes":
        return _item(item, _LISTS[name], what)
    if isinstance(item, str):
        return ""
    kind = item.get("kind") if isinstance(item, dict) else None
    if kind is not None and str(kind).lower() not in _CHANGES:
        return f"{what} has the kind {kind!r}, which is none of {', '.join(_CHANGES)}"
    return _item(item, ("description",), what)


def _item(item: Any, keys: tuple[str, ...], what: str) -> str:
    if not isinstance(item, dict):
        return f"{what} is no map with {' and '.join(keys)}"
    missing = [key for key in keys if not item.get(key)]
    return f"{what} has no {missing[0]}" if missing else ""
