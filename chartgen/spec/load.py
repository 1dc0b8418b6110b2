"""Reads a spec that is meant to be used: an AppSpec, or an error that holds everything wrong with it."""

from __future__ import annotations

from pathlib import Path

from chartgen.errors import CannotDo, InvalidInput
from chartgen.spec.beside import Read, beside, nowhere
from chartgen.spec.model import AppSpec
from chartgen.spec.text import LARGEST


def read_spec(data: bytes, *, file: str, read: Read = nowhere) -> AppSpec:
    """The application that the bytes of a spec describe; ``file`` is its name in messages, ``read`` reads others.

    Raises InvalidInput with all problems, warnings among them, when there is any error.
    """
    from chartgen.spec.validate import judged

    result = judged(data, file=file, read=read)
    if result.app is None:
        raise InvalidInput(result.problems, {file: result.text})
    return result.app


def load_spec(path: str | Path) -> AppSpec:
    """The application that a file describes. Raises CannotDo when it cannot be read, InvalidInput when it is wrong."""
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise CannotDo(f"there is no file {str(path)!r}", hint="name a spec, such as app.yaml") from None
    except IsADirectoryError:
        raise CannotDo(f"{str(path)!r} is a folder, not a spec", hint="name the file inside it") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CannotDo(f"cannot read {str(path)!r}: {reason}", hint="check its permissions") from None
    return read_spec(data, file=str(path), read=beside(path))
