"""Takes apart what Helm says about values that do not meet a schema."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.location import Pointer

_PREFIX = "values do not meet values.schema.json: "
_UNKNOWN = re.compile(r"additional properties (.*) not allowed")
_AT = re.compile(r"(?:(?P<chart>[\w.-]+): )?at '(?P<pointer>[^']*)': (?P<message>.*)", re.DOTALL)


def complaints(message: str) -> Iterator[tuple[Pointer, str]]:
    """The places in the values and what is wrong with each; a subchart's values are below its name."""
    for part in re.split(r"; (?=(?:[\w.-]+: )?at ')", message.removeprefix(_PREFIX)):
        match = _AT.match(part)
        if match is None:
            yield Pointer(), part
            continue
        pointer = Pointer.parse(match["pointer"]) if match["pointer"].startswith("/") else Pointer()
        pointer = Pointer((match["chart"],)) + pointer if match["chart"] else pointer
        unknown = _UNKNOWN.fullmatch(match["message"])
        if unknown is None:
            yield pointer, match["message"]
        for key in re.findall(r"'((?:[^'\\]|\\.)*)'", unknown[1]) if unknown else ():
            yield pointer / key, "the schema knows no such value"
