"""Finds schemas and chart templates, in an installed wheel or in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from chartgen.errors import CannotDo

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """The folder ``schemas`` or ``chart-templates``. Raises CannotDo when the installation lacks it."""
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise CannotDo(f"chartgen's own folder {name!r} is missing", hint="install chartgen again")


def schema_text(name: str) -> str:
    """The text of a JSON Schema chartgen ships, by its short name (``app-spec.v1``)."""
    return (folder("schemas") / f"{name}.schema.json").read_text(encoding="utf-8")
