"""A hash of what a spec says, to see whether a chart was made from it.

Taken of the meaning and not of the text, so that comments, the order of keys that have none, and the short or long form
of a key do not matter; what equals its default is left out, so that a new kind of key changes no old hash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any

from chartgen.spec.model import AppSpec


def fingerprint(spec: AppSpec) -> str:
    """The SHA-256 of a spec's meaning, in hexadecimal."""
    import hashlib
    import json

    text = json.dumps(_plain(spec), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _compared(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default_factory() if f.default_factory is not MISSING else f.default)
                 for f in fields(kind) if f.compare)  # fmt: skip


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            name: _plain(item) for name, default in _compared(type(value)) if (item := getattr(value, name)) != default
        }
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
