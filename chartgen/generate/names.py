"""Keys for values.yaml, made of the names of a spec so that a Go template can reach them with a dot."""

from __future__ import annotations

import re
from collections.abc import Iterable

_JOINT = re.compile(r"[-._]+([a-z])")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*", re.ASCII)
_OTHER = re.compile(r"[^A-Za-z0-9_]+")


def camel(name: str) -> str:
    """A name as a values key: ``night-report`` becomes ``nightReport``, ``s3-2`` becomes ``s3_2``."""
    key = _OTHER.sub("_", _JOINT.sub(lambda match: match.group(1).upper(), name))
    return f"_{key}" if key[:1].isdigit() else key


def settings(names: Iterable[str], prefix: str) -> dict[str, str]:
    """A key in camelCase for each name, whatever its letters; ``prefix`` begins those that begin with no letter.

    What is written like an environment variable stays as it is.
    """
    named = dict.fromkeys(names)
    return dict(zip(named, keys_of([_words(name, prefix) for name in named]), strict=True))


def _words(name: str, prefix: str) -> str:
    if _VARIABLE.fullmatch(name):
        return name
    bare = name.lower().strip("._-")
    return bare if bare[:1].isalpha() else f"{prefix}-{bare or 'x'}"


def keys_of(names: Iterable[str]) -> list[str]:
    """A key for each of some names, all different, even for equal ones."""
    used: set[str] = set()
    result = []
    for name in names:
        key = base = camel(re.sub("([-._])([0-9])", r"\2", name))
        number = 1
        while key in used:
            number += 1
            key = f"{base}{number}"
        used.add(key)
        result.append(key)
    return result


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
