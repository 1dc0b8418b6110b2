"""Reads the files that a spec names (``from: config/app.yaml``): they lie beside it, and nowhere else.

What a spec may read is what belongs to it: the folder it lies in, or the whole repository where it lies in one. A path
or a symbolic link that leads out of there is refused, so that a spec from somebody else cannot bring a chart the
secrets of the machine that generates it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.source import Source

LARGEST = 1 << 20
"""Bytes that a ConfigMap can hold in all (Kubernetes' MaxSecretSize, which it applies to ConfigMaps, too)."""

Read = Callable[[str], bytes]
"""The content of a file by its path as the spec writes it; raises Refused."""


class Refused(Exception):
    """Why a file is not read, and what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def nowhere(name: str) -> bytes:
    """Reads for a spec that lies in no folder. Always raises Refused."""
    raise Refused(
        f"{name!r} lies beside the spec, and this one comes from standard input",
        "name the file of the spec, or write the content itself",
    )


def beside(spec: str | Path) -> Read:
    """Reads for a spec in a file."""

    def read(name: str) -> bytes:
        try:
            folder = Path(spec).resolve().parent
            top = next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)
            place = (folder / name).resolve()
        except (OSError, RuntimeError, ValueError):
            raise Refused(f"{name!r} leads nowhere", "name a file beside the spec") from None
        if not place.is_relative_to(top):
            what = "the folder of the spec" if top == folder else "the repository of the spec"
            raise Refused(f"{name!r} leads out of {what}", "copy the file to where the spec lies")
        if ".git" in place.relative_to(top).parts:
            raise Refused(f"{name!r} belongs to git, not to the application", "name another file")
        return _content(place, name)

    return read


def _content(place: Path, name: str) -> bytes:
    """The bytes of a regular file; never waits for a pipe."""
    try:
        handle = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Refused(f"{name!r} is not a regular file", "name a file beside the spec")
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise Refused(f"there is no file {name!r}", "the path begins in the folder of the spec") from None
    except (IsADirectoryError, PermissionError, OSError) as error:
        if place.is_dir():
            raise Refused(f"{name!r} is a folder", "name each of its files") from None
        reason = (error.strerror or str(error)).lower()
        raise Refused(f"{name!r} cannot be read: {reason}", "check its permissions") from None
    if len(data) > LARGEST:
        raise Refused(
            f"{name!r} is larger than the {LARGEST:,} bytes a ConfigMap can hold",
            "put it into the image, or on a volume",
        )
    return data


def gather(data: Mapping[str, Any], source: Source, read: Read) -> tuple[Source, list[Problem]]:
    """The source with the contents of the files it names, and what is wrong with those that cannot be read."""
    contents: dict[str, bytes] = {}
    found: list[Problem] = []
    for place, name in _named(data):
        if name in contents:
            continue
        try:
            contents[name] = read(name)
        except Refused as refused:
            found.append(source.problem(place, refused.message, hint=refused.hint, code="file"))
    return replace(source, files=contents) if contents else source, found


def _named(data: Mapping[str, Any]) -> Iterator[tuple[Pointer, str]]:
    levels = [(Pointer(), data)]
    levels += [(Pointer(("workloads", key)), own) for key, own in (data.get("workloads") or {}).items()]
    for place, level in levels:
        for path, value in level.get("files", {}).items():
            if isinstance(value, Mapping) and "from" in value:
                yield place / "files" / path / "from", value["from"]
