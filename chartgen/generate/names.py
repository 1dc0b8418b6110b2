"""Keys for values.yaml, made of the names of a spec so that a Go template can reach them with a dot."""

from __future__ import annotations

import re
from collections.abc import Iterable

_JOINT = re.compile(r"[-._]+([a-z])")
_OTHER = re.compile(r"[^A-Za-z0-9_]+")


def camel(name: str) -> str:
    """A name as a values key: ``night-report`` becomes ``nightReport``, ``s3-2`` becomes ``s3_2``."""
    key = _OTHER.sub("_", _JOINT.sub(lambda match: match.group(1).upper(), name))
    return f"_{key}" if key[:1].isdigit() else key


def keys(names: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """A key for each name, all different and none of them ``taken``."""
    used = set(taken)
    result: dict[str, str] = {}
    for name in names:
        if name in result:
            continue
        key = base = camel(name)
        number = 1
        while key in used:
            number += 1
            key = f"{base}{number}"
        used.add(key)
        result[name] = key
    return result
