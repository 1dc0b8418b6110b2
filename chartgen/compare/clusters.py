"""The APIs that templates ask the cluster for: behind them is what ``helm template`` does not render by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chartgen.compare.side import Side
from chartgen.kube.apis import served_in
from chartgen.kube.releases import minor_version
from chartgen.kube.schemas import is_builtin

_ASKS = r"\bAPIVersions\.Has\s+\(?\s*[\"`]([^\"`\s]+)[\"`]"


def asked(sides: Iterable[Side], kube_version: str) -> tuple[str, ...]:
    """The custom APIs that templates ask for, and those of Kubernetes' own kinds that this version of it serves.

    A cluster answers for ``group/version`` and for ``group/version/Kind``; without one, Helm knows the former of
    Kubernetes' own groups and nothing else.
    """
    minor = minor_version(kube_version)
    found = dict.fromkeys(api for side in sides for api in _named(side))
    return tuple(sorted(api for api in found if _may_be_served(api, minor)))


def _named(side: Side) -> Iterator[str]:
    for path in side.chart.files:
        if "templates/" in path:
            text = side.chart.text(path) or ""
            if "APIVersions" in text:
                yield from re.findall(_ASKS, text)


def _may_be_served(api: str, minor: int | None) -> bool:
    group, _, rest = api.partition("/")
    if not is_builtin(group):
        return "." in group
    version, _, kind = rest.partition("/")
    return bool(kind and minor is not None and served_in(f"{group}/{version}", kind) >> minor & 1)
