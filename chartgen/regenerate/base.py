"""The record of what chartgen last generated into a folder: what a person's edits are told by.

It is one file of text, a line of it for each line that was generated, so that git shows and merges it; and no folder of
files, since a second Chart.yaml below a chart would be taken for a chart. What is no text is only told apart, and
recorded as its hash.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from shlex import quote
from typing import Any

from chartgen.chart.limits import unreadable
from chartgen.chart.model import safe_path
from chartgen.errors import CannotDo
from chartgen.location import Location
from chartgen.tuples import NamedTuple
from chartgen.yamlread import conflict

FOLDER = ".chartgen"
PATH = f"{FOLDER}/base.json"
ATTRIBUTES = f"{FOLDER}/.gitattributes"
API_VERSION = "chartgen.dev/base.v1"
_LARGEST = 64 << 20

ATTRIBUTES_TEXT = b"""\
# What chartgen last generated, by which it tells your edits: commit it, but there is nothing in it to review.
* linguist-generated=true -diff
"""


class Recorded(NamedTuple):
    """A file as it was generated: its text, or the hash of what is no text."""

    text: str | None
    digest: str = ""

    @classmethod
    def of(cls, content: bytes) -> Recorded:
        """What is recorded of a file."""
        text = text_of(content)
        return cls(text) if text is not None else cls(None, sha256(content).hexdigest())


Base = Mapping[str, Recorded]
"""What was generated, by its path in the chart."""


def text_of(content: bytes) -> str | None:
    """A file as text; None for what is none, to which a NUL belongs too, as in git."""
    try:
        return None if b"\0" in content else content.decode()
    except UnicodeDecodeError:
        return None


def of_files(files: Mapping[str, bytes]) -> dict[str, Recorded]:
    """The record of some files."""
    return {path: Recorded.of(content) for path, content in sorted(files.items())}


def record(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files beside a chart that record how it was generated."""
    return {ATTRIBUTES: ATTRIBUTES_TEXT, PATH: written(of_files(files))}


def written(base: Base) -> bytes:
    """The record as it stands in its file: the same for the same files, a line for each of theirs."""
    files = {
        path: one.text.split("\n") if one.text is not None else {"sha256": one.digest}
        for path, one in sorted(base.items())
    }
    text = json.dumps({"apiVersion": API_VERSION, "files": files}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def understood(content: bytes, shown: str) -> Base:
    """The record in a file's bytes; ``shown`` is the file as the user would open it. Raises CannotDo for any other."""
    text = text_of(content)
    if text is not None and (line := conflict(text)):
        raise CannotDo(
            f"{shown!r} holds a conflict of git",
            hint=f"take either side, both will do: git checkout --ours -- {quote(shown)}",
            location=Location(shown, line),
        )
    try:
        data = json.loads(text or "")
        found = {str(safe_path(path)): _recorded(one) for path, one in _files(data).items()}
        if any(path.partition("/")[0] in (FOLDER, ".git") for path in found):
            raise ValueError("it records what nobody generates")
    except (ValueError, RecursionError):
        raise CannotDo(f"{shown!r} is not what chartgen wrote", hint=_AGAIN) from None
    return found


_AGAIN = "take it from the last commit; without it (delete it) only --force replaces a file that differs"


def read_base(folder: Path) -> tuple[Base | None, bytes | None]:
    """The record in a chart's folder and its bytes, None where there is none. Raises CannotDo for a damaged one."""
    content = read_record(folder)
    return (None if content is None else understood(content, str(folder / PATH))), content


def read_record(folder: Path) -> bytes | None:
    """The bytes of the record in a chart's folder, None where there is none. No link is followed. Raises CannotDo."""
    place = folder / PATH
    try:
        for one in (folder / FOLDER, place):
            if one.is_symlink():
                hint = "put the file itself in its place"
                raise CannotDo(f"{str(one)!r} is a link, which is not followed", hint=hint)
        if not place.exists():
            return None
        if not place.is_file():
            raise CannotDo(f"{str(place)!r} is no file", hint=_AGAIN)
        if place.stat().st_size > _LARGEST:
            raise CannotDo(f"{str(place)!r} is larger than {_LARGEST >> 20} MiB", hint=_AGAIN)
        return place.read_bytes()
    except OSError as error:
        raise unreadable(error, str(place)) from None


def _files(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict) or data.get("apiVersion") != API_VERSION or not isinstance(data.get("files"), dict):
        raise ValueError(API_VERSION)
    files: dict[str, Any] = data["files"]
    return files


def _recorded(one: Any) -> Recorded:
    if isinstance(one, list) and one and all(isinstance(line, str) and "\n" not in line for line in one):
        text = "\n".join(one)
        text.encode()  # no half of a surrogate pair
        return Recorded(text)
    if isinstance(one, dict) and isinstance(one.get("sha256"), str):
        return Recorded(None, one["sha256"])
    raise ValueError("neither lines nor a hash")
