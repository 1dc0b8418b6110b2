"""Values whose kind is another: which of these changes break what users have set."""

from collections.abc import Iterator

from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import Redefined, is_empty
from chartgen.compare.schemaread import accepts
from chartgen.tuples import NamedTuple

BROKEN, WIDENED, HARMLESS = "broken", "widened", "harmless"

_NAMES = {"map": "object", "list": "array", "string": "string", "number": "number", "boolean": "boolean"}


class Retyped(NamedTuple):
    """A value of another kind than before, and what that means: ``broken``, ``widened`` or ``harmless``."""

    value: Redefined
    meaning: str


def retyped(both: Comparison) -> Iterator[Retyped]:
    """All values of another kind than before."""
    for one in both.values.redefined:
        if one.is_retyped:
            yield Retyped(one, _meaning(both, one))


def _meaning(both: Comparison, one: Redefined) -> str:
    old, new = both.values.old, both.values.new
    if new.is_inspected(one.parts) or accepts(both.new.schema, one.parts, _NAMES[one.kinds[0]]):
        return WIDENED
    if not new.reads(one.parts):
        return HARMLESS  # that nothing reads it any more is another event
    named_below = not old.holds_free_keys(one.parts) or not new.holds_free_keys(one.parts)
    if is_empty(one.before) and is_empty(one.after):
        fields = (side.fields_of_items(one.parts) for side in (old, new))
        is_scalar = "string" in one.kinds and named_below
        return HARMLESS if not is_scalar and len(set(fields)) == 1 else BROKEN
    return HARMLESS if is_empty(one.before) and old.is_free(one.parts) and new.is_free(one.parts) else BROKEN
