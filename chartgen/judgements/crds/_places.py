"""Where a verdict about a CustomResourceDefinition points, and how it tells of several steps."""

from __future__ import annotations

from collections.abc import Iterable

from chartgen.compare.crds import Crd
from chartgen.compare.openapi import SchemaStep
from chartgen.judgements.base import At
from chartgen.location import Pointer


def at(crd: Crd, pointer: Pointer) -> At:
    """A place in a definition: in its file under ``crds/``, which is no template, or in the template it came from."""
    if crd.in_folder:
        return At.file(crd.obj.rendered_line(pointer, key=True)._replace(pointer=pointer))
    return At.on(crd.obj, pointer)


NAME = Pointer(("metadata", "name"))


def told(version: str, some: Iterable[SchemaStep]) -> str:
    """Steps of one version in a message: ``in v1, spec.size is gone``."""
    texts = (f"{step.field or 'the object'} {step.told}" for step in some)
    return f"in {version}, {listed(texts, 4)}"


def listed(texts: Iterable[str], most: int) -> str:
    """The first of some texts, and how many more there are."""
    texts = list(dict.fromkeys(texts))
    more = len(texts) - most
    return ", ".join(texts[:most]) + (f" and {more} more" if more > 0 else "")
