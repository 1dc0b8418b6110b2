"""An object against its schema: what ``kubectl apply --validate=strict`` and the API server would object to."""

from collections.abc import Mapping
from typing import Any

from chartgen.kube.schemas import Schema, metadata
from chartgen.kube.walk import Checked, Violation, Walk
from chartgen.tuples import NamedTuple


class Outcome(NamedTuple):
    """What is wrong with an object, and the places in it whose CEL rules are still to be evaluated."""

    violations: tuple[Violation, ...] = ()
    rules: tuple[Checked, ...] = ()


def validate(schema: Schema, body: Mapping[str, Any], versions: int) -> Outcome:
    """Hold an object against its schema for some Kubernetes releases; those that do not know the kind are left out."""
    known = versions & schema.versions if not schema.is_custom else versions
    if not known:
        return Outcome()
    walk = Walk(schema.nodes, custom=schema.is_custom, trusted=not schema.is_own)
    walk.check(schema.root, body, known)
    found = tuple(walk.found.values())
    if schema.is_custom:
        about = metadata()
        meta = Walk(about.nodes)
        meta.check(about.root, body.get("metadata"), known, ((), "metadata"))
        found += tuple(meta.found.values())
    return Outcome(found, tuple(walk.rules))
