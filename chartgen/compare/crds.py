"""The CustomResourceDefinitions of two charts, each matched with what became of it.

Helm installs what stands under ``crds/`` once and never touches it again; what stands in a template it upgrades and
deletes like any object. So the same definition in the one place or the other is not the same to its users.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from chartgen.compare.openapi import SchemaStep, steps
from chartgen.compare.side import Rendering, Side
from chartgen.engine.objects import RenderedObject, parse_file
from chartgen.kube.access import get, items, text
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple

KIND = "CustomResourceDefinition"


class Version(NamedTuple):
    """One version of a definition, and where it stands."""

    name: str
    body: Mapping[str, Any]
    pointer: Pointer

    @property
    def is_served(self) -> bool:
        """Whether the API server answers for it."""
        return get(self.body, "served") is not False

    @property
    def is_storage(self) -> bool:
        """Whether objects are stored in it."""
        return get(self.body, "storage") is True


class Crd(NamedTuple):
    """A definition. ``in_folder`` says that it stands under ``crds/``."""

    obj: RenderedObject
    in_folder: bool

    @property
    def is_kept(self) -> bool:
        """Whether Helm leaves it in the cluster when the chart no longer has it."""
        policy = str(self.obj.annotations.get("helm.sh/resource-policy", ""))
        return self.in_folder or policy.strip().lower() == "keep"

    @property
    def versions(self) -> Mapping[str, Version]:
        """Its versions by name; the one of an old definition without a list among them."""
        body, found = self.obj.body, {}
        for index, one in enumerate(items(body, "spec", "versions")):
            if isinstance(one, dict):
                found[text(one, "name")] = Version(text(one, "name"), one, Pointer(("spec", "versions", index)))
        only = text(body, "spec", "version")
        if only and not found:
            found[only] = Version(only, {"served": True, "storage": True}, Pointer(("spec", "version")))
        return found

    def schema(self, version: Version) -> tuple[Any, Pointer]:
        """The schema of one version, and where it stands: with the version, or for all of them in old definitions."""
        own = get(version.body, "schema", "openAPIV3Schema")
        if own is not None:
            return own, version.pointer / "schema" / "openAPIV3Schema"
        at = Pointer(("spec", "validation", "openAPIV3Schema"))
        return get(self.obj.body, *at.parts), at

    @property
    def identity(self) -> Mapping[str, str]:
        """What cannot change: scope, kind and plural; the group is part of the name."""
        spec = get(self.obj.body, "spec")
        return {
            "scope": text(spec, "scope") or "Namespaced",
            "kind": text(spec, "names", "kind"),
            "plural": text(spec, "names", "plural"),
        }


class CrdPair:
    """A definition and what became of it; one of the two is None where a chart does not have it."""

    def __init__(self, name: str, old: Crd | None, new: Crd | None) -> None:
        self.name = name
        self.old = old
        self.new = new

    @property
    def ref(self) -> str:
        """How messages name it."""
        return f"{KIND}/{self.name}"

    @cached_property
    def steps(self) -> tuple[tuple[Version, Version, SchemaStep], ...]:
        """What the schemas of served versions take otherwise, version by version.

        ``status`` is left out: controllers write it, which come with the chart.
        """
        if self.old is None or self.new is None:
            return ()
        there = self.new.versions
        found = []
        for name, version in self.old.versions.items():
            if name in there and version.is_served and there[name].is_served:
                before, after = self.old.schema(version)[0], self.new.schema(there[name])[0]
                found += [(version, there[name], step) for step in steps(before, after) if not _is_status(step)]
        return tuple(found)


def _is_status(step: SchemaStep) -> bool:
    return step.pointer.parts[:2] == ("properties", "status") and len(step.pointer.parts) > 2


def crd_pairs(old: Side, new: Side) -> tuple[CrdPair, ...]:
    """The definitions of two charts under all values that both render with, by name; equal files are passed over."""
    sides = (old.renderings, new.renderings)
    shared = [name for name in sides[0] if all(name in side and side[name].failure is None for side in sides)]
    renderings = [[side[name] for name in shared] for side in sides]
    texts = [_texts(some) for some in renderings]
    same = {path for path, content in texts[0].items() if texts[1].get(path) == content}
    before, after = (
        {crd.obj.name: crd for crd in _crds(some, files, same)} for some, files in zip(renderings, texts, strict=True)
    )
    return tuple(CrdPair(name, before.get(name), after.get(name)) for name in sorted({*before, *after}))


def _texts(renderings: Iterable[Rendering]) -> dict[str, str]:
    return {path: content for one in renderings for path, content in one.crds.items()}


def _crds(renderings: Sequence[Rendering], files: Mapping[str, str], same: set[str]) -> Iterator[Crd]:
    """Those in templates last, which win: it is them that Helm acts upon; and of these the default's last of all."""
    for path, content in files.items():
        if path not in same:
            yield from (Crd(obj, True) for obj in parse_file(path, content).objects if obj.kind == KIND)
    for one in reversed(renderings):
        yield from (Crd(obj, False) for obj in one.parsed.objects if obj.kind == KIND)
