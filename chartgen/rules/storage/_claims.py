"""The claims an object makes: a PersistentVolumeClaim itself, or a StatefulSet's templates of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import items, mapping, text
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple


class Claim(NamedTuple):
    """One claim: how messages name it, where it stands in its object, and its spec."""

    title: str
    at: Pointer
    spec: Mapping[str, Any]


def claims(obj: RenderedObject) -> Iterator[Claim]:
    """The claims of an object of one of the two kinds."""
    if obj.kind == "PersistentVolumeClaim":
        yield Claim("the claim", Pointer(), mapping(obj.body, "spec"))
    else:
        for index, template in enumerate(items(obj.body, "spec", "volumeClaimTemplates")):
            if isinstance(template, dict):
                title = f"claim template {text(template, 'metadata', 'name')!r}"
                yield Claim(title, Pointer(("spec", "volumeClaimTemplates", index)), mapping(template, "spec"))
