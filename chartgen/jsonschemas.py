"""JSON Schema: the only door to ``jsonschema``.

Nothing is fetched, whatever a schema refers to, and patterns end at the end, unlike Python's ``$``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from chartgen.location import Pointer
from chartgen.tuples import NamedTuple

_LONGEST = 300


class Complaint(NamedTuple):
    """What a schema finds wrong with a value, and where in it."""

    message: str
    pointer: Pointer


def validator(schema: Mapping[str, Any]) -> Any:
    """A schema made ready; its ``iter_errors`` gives jsonschema's own errors. The schema is taken to be sound."""
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]  # it ships no types

    return _draft()(schema, registry=REGISTRY)


def schema_error(schema: Any) -> Complaint | None:
    """What is wrong with a schema itself."""
    from jsonschema.exceptions import best_match

    kind = _draft()
    worst = best_match(kind(kind.META_SCHEMA).iter_errors(schema))
    return None if worst is None else _complaint(worst)


def complaints(compiled: Any, value: Any) -> Iterator[Complaint]:
    """All that is wrong with a value, in the order of the places. Raises ValueError for a reference that leads nowhere.

    Of alternatives (``anyOf``) the one that nearly fits is told.
    """
    from jsonschema.exceptions import best_match
    from referencing.exceptions import Unresolvable

    try:
        errors = sorted(compiled.iter_errors(value), key=lambda error: [str(part) for part in error.absolute_path])
        for error in errors:
            yield _complaint(best_match([error]) or error)
    except Unresolvable as error:
        raise ValueError(f"$ref {error.ref!r} leads nowhere") from None
    except RecursionError:
        raise ValueError("the schema refers to itself without an end") from None


def _complaint(error: Any) -> Complaint:
    message = str(error.message)
    if error.validator == "enum":
        message = f"{error.instance!r} is not one of {', '.join(map(str, error.validator_value))}"
    shortened = message if len(message) <= _LONGEST else message[: _LONGEST - 3] + "..."
    return Complaint(shortened, Pointer(tuple(error.absolute_path)))


@cache
def _draft() -> Any:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError
    from jsonschema.validators import extend

    compiled: dict[str, re.Pattern[str]] = {}

    def pattern(validator: Any, wanted: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
        if isinstance(instance, str):
            if wanted not in compiled:
                compiled[wanted] = re.compile(re.sub(r"\$\Z", r"\\Z", wanted))
            if not compiled[wanted].search(instance):
                yield ValidationError(f"{instance!r} does not match {wanted!r}")

    return extend(Draft202012Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]  # as its stubs have it
