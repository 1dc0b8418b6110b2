"""What templates ask the cluster: behind the answers is what ``helm template`` does not render by itself.

They ask for APIs (``.Capabilities.APIVersions.Has``) and for the release of Kubernetes (``semverCompare``).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from chartgen.compare.side import Side
from chartgen.engine.objects import RenderedObject
from chartgen.kube.apis import answers
from chartgen.kube.releases import CARRIED, minor_version, supported
from chartgen.kube.schemas import is_builtin

_ASKS_VERSION = r"(?i)\bsemverCompare\s+[\"`]([^\"`]*)[\"`][^{}]*kubeVersion"
_MOST = 3
"""Releases that are looked at besides; few templates tell more of them apart."""

_ASKS = r"\bAPIVersions\.Has\s+\(?\s*[\"`]([^\"`\s]+)[\"`]"


def asked(sides: Iterable[Side], kube_version: str) -> tuple[str, ...]:
    """The custom APIs that templates ask for, and those of Kubernetes' own kinds that this version of it serves.

    A cluster answers for ``group/version`` and for ``group/version/Kind``; without one, Helm knows the former of
    Kubernetes' own groups and nothing else.
    """
    found = dict.fromkeys(api for side in sides for api in _asked(side, _ASKS))
    return tuple(sorted(api for api in found if _may_be_served(api, kube_version)))


def older(sides: Iterable[Side], kube_version: str) -> tuple[str, ...]:
    """The releases before this one for which templates take another branch, the newest first: the last of each branch.

    Only those whose schemas are carried, and that both charts allow.
    """
    own, sides = minor_version(kube_version), tuple(sides)
    if own is None:
        return ()
    allowed = CARRIED & ((1 << own) - 1)
    for side in sides:
        allowed &= supported(side.metadata) if side.metadata.get("kubeVersion") else CARRIED
    found = set()
    for side in sides:
        for wanted in _asked(side, _ASKS_VERSION):
            for minor in map(int, re.findall(r"\b1\.(\d{1,2})\b", wanted)):
                # ``<=1.30`` and ``>1.30`` part what is before 1.31 from the rest.
                found.add(minor if re.search(rf"(?:<=|>(?!=))\s*v?1\.{minor}\b", wanted) else minor - 1)
    return tuple(f"1.{minor}.0" for minor in sorted(found, reverse=True) if allowed >> max(minor, 0) & 1)[:_MOST]


def is_behind(objects: Iterable[RenderedObject], apis: Container[str]) -> bool:
    """Whether one of some objects is of an API that templates ask for: whoever has it has the API."""
    return any(obj.api_version in apis or f"{obj.api_version}/{obj.kind}" in apis for obj in objects)


def _asked(side: Side, pattern: str) -> Iterator[str]:
    """What a pattern finds in the templates of a chart and of those in it."""
    for path in side.chart.files:
        if "templates/" in path:
            yield from re.findall(pattern, side.chart.text(path) or "")


def _may_be_served(api: str, kube_version: str) -> bool:
    group = api.partition("/")[0]
    return answers(api, kube_version) if is_builtin(group) else "." in group
