"""A rule's options as data: their names in policy files, types, defaults, and what the rule's page says of them."""

from __future__ import annotations

import inspect
import re
from typing import Any, Literal, get_args, get_origin, get_type_hints

from chartgen.rules.base import Rule
from chartgen.tuples import NamedTuple

_BULLET = re.compile(r"^- `(?P<name>[\w-]+)` \(default .*?\): (?P<about>.*?)(?=^- |\Z)", re.M | re.S)

_TYPES = {bool: "boolean", int: "integer", str: "string", tuple: "list of strings"}


class Option(NamedTuple):
    """One option. ``choices`` are the words it knows, where those are all; a list's default is a tuple."""

    name: str
    type: str
    default: bool | int | str | tuple[str, ...]
    about: str
    choices: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """As JSON has it."""
        default = list(self.default) if isinstance(self.default, tuple) else self.default
        choices = {"choices": list(self.choices)} if self.choices else {}
        return {"name": self.name, "type": self.type, "default": default, **choices, "about": self.about}


def options_of(rule: Rule) -> tuple[Option, ...]:
    """The options of a rule in the order of its page; none for a rule without."""
    fields = getattr(rule.options, "_fields", ())
    if not fields:
        return ()
    section = re.search(r"^## Options$(.*?)(?=^## |\Z)", inspect.getdoc(type(rule)) or "", re.M | re.S)
    said = {
        match["name"]: " ".join(match["about"].split()) for match in _BULLET.finditer(section[1] if section else "")
    }
    kinds = get_type_hints(type(rule.options))
    return tuple(_option(rule, field, said, kinds[field]) for field in fields)


def _option(rule: Rule, field: str, said: dict[str, str], kind: Any) -> Option:
    name, default = field.replace("_", "-"), getattr(rule.options, field)
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    return Option(name, _TYPES[type(default)], default, said.get(name, ""), choices)
