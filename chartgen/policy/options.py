"""A rule's options as a policy file gives them: names with dashes, values of the type of the default."""

from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

from chartgen.errors import CannotDo
from chartgen.nearest import nearest
from chartgen.rules.base import Rule


def read_options(rule: Rule, given: Mapping[str, Any]) -> Any:
    """The rule's options with what is given laid over its defaults, or None for a rule without options.

    Raises CannotDo, whose message begins with the rule's id, for an option that does not exist, a value of another type
    and a word that is none of those the option knows (its type is a ``Literal``). A list of strings becomes a tuple.
    """
    defaults = rule.options
    known = {name.replace("_", "-"): name for name in getattr(defaults, "_fields", ())}
    changed: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            hint = nearest(key, known)
            raise CannotDo(
                f"{rule.id} has no option {key!r}",
                hint=f"did you mean {hint!r}?" if hint else _all_of(rule, known),
            )
        default = getattr(defaults, known[key])
        changed[known[key]] = _value(rule, key, value, default)
        _check_word(rule, key, value, get_type_hints(type(defaults)).get(known[key]))
    return defaults._replace(**changed) if changed else defaults


def _all_of(rule: Rule, known: Mapping[str, str]) -> str:
    return f"its options are {', '.join(known)}" if known else "it has none"


def _check_word(rule: Rule, key: str, value: Any, kind: Any) -> None:
    words = get_args(kind) if get_origin(kind) is Literal else ()
    if words and value not in words:
        hint = nearest(value, words)
        raise CannotDo(
            f"{rule.id}: {key} must be one of {', '.join(words)} (got {value!r})",
            hint=f"did you mean {hint!r}?" if hint else "",
        )


def _value(rule: Rule, key: str, value: Any, default: Any) -> Any:
    if isinstance(default, tuple):
        values = value if isinstance(value, list) else [value]
        if all(isinstance(one, str) for one in values):
            return tuple(values)
        raise CannotDo(f"{rule.id}: {key} must be a list of strings (got {value!r})")
    if type(value) is type(default):
        return value
    words = {bool: "true or false", int: "a whole number", str: "a string"}
    raise CannotDo(f"{rule.id}: {key} must be {words[type(default)]} (got {value!r})")
