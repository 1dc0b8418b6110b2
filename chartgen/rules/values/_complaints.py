"""Takes apart what Helm says about values that do not meet a schema."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.location import Pointer

_PREFIX = "values do not meet values.schema.json: "
_UNKNOWN = r"additional properties (.*) not allowed"
_AT = r"(?s)(?:(?P<chart>[\w.-]+): )?at '(?P<pointer>[^']*)': (?P<message>.*)"


def complaints(message: str) -> Iterator[tuple[Pointer, str]]:
    """The places in the values and what is wrong with each; a subchart's values are below its name."""
    for part in re.split(r"; (?=(?:[\w.-]+: )?at ')", message.removeprefix(_PREFIX)):
        match = re.match(_AT, part)
        if match is None:
            yield Pointer(), part
            continue
        pointer = Pointer.parse(match["pointer"]) if match["pointer"].startswith("/") else Pointer()
        pointer = Pointer((match["chart"],)) + pointer if match["chart"] else pointer
        unknown = re.fullmatch(_UNKNOWN, match["message"])
        if unknown is None:
            yield pointer, match["message"]
        for key in re.findall(r"'((?:[^'\\]|\\.)*)'", unknown[1]) if unknown else ():
            yield pointer / key, "the schema knows no such value"
