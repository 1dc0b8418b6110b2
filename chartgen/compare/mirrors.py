"""Images from elsewhere: where a chart has begun to refuse them, whoever mirrors its images is stopped by an upgrade.

Templates that look at a registry and then ``fail`` are such a check (bitnami's ``common.errors.insecureImages``,
since 2.28.0). Whether it refuses anything, only rendering says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.absent import ABSENT
from chartgen.compare.side import Side

NAME = "images from another registry"
HOST = "registry.example.com"

_DEFINE = r"(?s)\{\{-?\s*define\s+\"([^\"]+)\"(.*?)(?=\{\{-?\s*define\s|\Z)"


def mirrored(old: Side, new: Side) -> Mapping[str, Any]:
    """Values that take every image of the old chart from another registry; empty where the new chart checks images no
    more than the old one did.
    """
    checks = set(_checks(new))
    is_new = bool(checks) and not checks <= set(_checks(old))
    return _elsewhere(old.values, new.values) if is_new else {}


def _checks(side: Side) -> Iterator[str]:
    """The texts of templates that fail for an image, and the lines that include them."""
    texts = {path: side.chart.text(path) or "" for path in side.chart.files if "templates/" in path}
    bodies: dict[str, str] = {}
    for text in texts.values():
        if "fail" in text and "registry" in text:
            found = re.findall(_DEFINE, text)
            bodies.update((name, body) for name, body in found if "fail" in body and "registry" in body)
    for name, body in bodies.items():
        for path, text in texts.items():
            lines = text.splitlines() if f'"{name}"' in text else []
            used = [line for line in lines if f'"{name}"' in line and "define" not in line]
            yield from (f"{path}: {line.strip()}" for line in used)
            if used:
                yield body


def _elsewhere(values: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """The maps that name an image on both sides, with another registry."""
    found: dict[str, Any] = {}
    repository, host = values.get("repository"), values.get("registry", ABSENT)
    is_image = isinstance(host, str) or "tag" in values or "digest" in values
    if isinstance(repository, str) and repository and is_image and "repository" in others:
        if isinstance(host, str) and "registry" in others:
            found["registry"] = HOST
        elif host is ABSENT and "registry" not in others:
            found["repository"] = f"{HOST}/{repository.rpartition('/')[2]}"
    for key, value in values.items():
        other = others.get(key)
        if isinstance(value, Mapping) and isinstance(other, Mapping):
            inner = _elsewhere(value, other)
            if inner:
                found[key] = inner
    return found
