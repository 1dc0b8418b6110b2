"""The schemas of Kubernetes' own kinds and of common custom resources, as they ship with chartgen.

A data file is read when an object of its API group is met, and of it only the definitions that are asked for: a chart
of eight kinds takes 2 ms. ``python -m chartgen.dev kube-schemas`` makes the files and ``chartgen.dev.schemas.pack``
says what is in them.
"""

import json
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chartgen.kube.releases import CARRIED
from chartgen.tuples import NamedTuple

Node = Mapping[str, Any]
"""One schema: OpenAPI v3 as CustomResourceDefinitions use it. ``$ref`` is the number of a node in the same file;
``in`` lists schemas with the Kubernetes releases they are for, ``requiredIn`` fields with those that require them."""

_DATA = Path(__file__).resolve().parent / "data"

_CORE = frozenset(("", "apps", "autoscaling", "batch", "extensions", "policy"))
"""The API groups of Kubernetes itself whose names have no dot."""


class Schema(NamedTuple):
    """How objects of one apiVersion and kind must look.

    ``versions`` are the Kubernetes releases that know the kind; a custom resource is not bound to any. ``source`` names
    what a custom resource's schema was taken from; ``stale`` that newer releases of that exist. ``is_own`` means that
    the schema was brought by the user: in the chart, or by ``--schema-location``.
    """

    root: Node
    nodes: Callable[[Any], Node]
    is_custom: bool = False
    versions: int = CARRIED
    source: str = ""
    stale: bool = False
    is_own: bool = False
    served: bool = True
    deprecated: str | None = None


class Library:
    """One data file. ``node`` gives the definition on a line of it."""

    def __init__(self, path: Path) -> None:
        self._lines = zlib.decompress(path.read_bytes(), 31).decode("utf-8").split("\n")
        self.header: Mapping[str, Any] = json.loads(self._lines[0])
        self._nodes: dict[int, Node] = {}

    def node(self, line: int) -> Node:
        """The definition on a line."""
        node = self._nodes.get(line)
        if node is None:
            node = self._nodes[line] = json.loads(self._lines[line])
        return node

    def entry(self, api_version: str, kind: str) -> Mapping[str, Any] | None:
        """What the header says of a kind."""
        entry: Mapping[str, Any] | None = self.header["kinds"].get(api_version, {}).get(kind)
        return entry


@cache
def kubernetes() -> Library:
    """The library of Kubernetes' own kinds."""
    return Library(_DATA / "kubernetes.gz")


@cache
def groups() -> frozenset[str]:
    """The API groups of custom resources whose schemas are carried."""
    return frozenset(path.name.removesuffix(".gz") for path in (_DATA / "crds").glob("*.gz"))


@cache
def custom(group: str) -> Library:
    """The library of a group of custom resources; one of ``groups()``."""
    return Library(_DATA / "crds" / f"{group}.gz")


def is_builtin(group: str) -> bool:
    """Whether the kinds of an API group are Kubernetes' own."""
    return group in _CORE or (group.endswith(".k8s.io") and group not in groups() and group in _builtin_groups())


@cache
def _builtin_groups() -> frozenset[str]:
    return frozenset(version.rpartition("/")[0] for version in kubernetes().header["kinds"])


@cache
def carried(api_version: str, kind: str) -> Schema | None:
    """The schema that chartgen carries for a kind, or None."""
    group = api_version.rpartition("/")[0]
    if is_builtin(group):
        library = kubernetes()
        entry = library.entry(api_version, kind)
        return Schema(library.node(entry["at"]), library.node, versions=entry["in"]) if entry else None
    if group not in groups():
        return None
    library = custom(group)
    entry = library.entry(api_version, kind)
    if entry is None:
        return None
    header, source = library.header, entry["source"]
    return Schema(
        library.node(entry["at"]),
        library.node,
        is_custom=True,
        source=header["sources"][source],
        stale=header["stale"][source],
        served=not entry.get("unserved", False),
        deprecated=entry.get("deprecated"),
    )


def metadata() -> Schema:
    """The schema of ``metadata``, the same for all objects."""
    library = kubernetes()
    return Schema(library.node(library.header["metadata"]), library.node)
