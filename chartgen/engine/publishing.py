"""What Helm does to a package: it loads it to see whether it is sound, signs it, and pushes it to a registry.

Signing is a matter of Helm's library: its command can only sign what it packs itself, which would be other bytes.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chartgen.engine import once
from chartgen.engine.choose import helm_command, uses_library
from chartgen.errors import CannotDo


def describe(archive: bytes, *, engine: str = "auto") -> Mapping[str, Any]:
    """The metadata of a package as Helm loads it. Raises CannotDo, with Helm's reason, when Helm does not."""
    if uses_library(engine):
        text = _library((b"describe", archive), "Helm does not load the package", online=False)
        data: Mapping[str, Any] = json.loads(text)
        return data
    from chartgen.chart.read import metadata
    from chartgen.engine.folder import Folders

    with Folders() as folders:
        path = folders.new() / "chart.tgz"
        path.write_bytes(archive)
        return metadata(_command(engine, "Helm does not load the package", "show", "chart", str(path)).answer.encode())


def sign(archive: Path, *, key: str, keyring: Path, passphrase_file: Path | None = None, engine: str = "auto") -> Path:
    """Sign a package with a PGP key of a secret keyring; gives the path of the provenance file beside it.

    Raises CannotDo for a key that is not there, is locked or is ambiguous, and where Helm's library is not installed.
    """
    if not uses_library(engine):
        raise CannotDo("signing needs Helm's library", hint="install helm-python-sdk, and leave --engine helm out")
    options: dict[str, str] = {"key": key, "keyring": str(keyring.resolve())}
    if passphrase_file is not None:
        options["passphrase_file"] = str(passphrase_file.resolve())
    request = (b"sign", os.fsencode(archive.resolve()), json.dumps(options).encode())
    path = _library(request, f"{archive.name} cannot be signed", online=False)
    return Path(path)


def push(archive: Path, remote: str, name: str, version: str, *, plain_http: bool = False, engine: str = "auto") -> str:
    """Push a package, and the provenance file beside it, to ``oci://host/path``; gives the digest of its manifest.

    ``name`` and ``version`` are the chart's, under which the registry has it then. Helm's credentials are used (``helm
    registry login``). Raises CannotDo, with the registry's reason.
    """
    failed = f"{archive.name} cannot be pushed to {remote!r}"
    if uses_library(engine):
        options = json.dumps({"plain_http": plain_http}).encode()
        request = (b"push", os.fsencode(archive.resolve()), remote.encode(), options)
        _library(request, failed, online=True)
        tag = version.replace("+", "_")  # as Helm does, because a tag cannot hold one
        reference = f"{remote.rstrip('/')}/{name}:{tag}".encode()
        said = _library((b"resolve", reference, options), failed, online=True)
    else:
        flags = ["--plain-http"] if plain_http else []
        printed = _command(engine, failed, "push", str(archive.resolve()), remote, *flags)
        said = printed.answer + printed.log
    return _digest(said)


def published(remote: str, name: str, version: str, *, plain_http: bool = False, engine: str = "auto") -> bytes | None:
    """The package that a registry has of a version of a chart; None where it has none, or hides what it has.

    Raises CannotDo, with the registry's reason, where it does not say: what is pushed then may replace what is there.
    """
    import tempfile

    reference = f"{remote.rstrip('/')}/{name}"
    failed = f"{reference}:{version} may be published already, and the registry does not say"
    with tempfile.TemporaryDirectory(prefix="chartgen-") as folder:
        try:
            if uses_library(engine):
                options = {"dest_dir": folder, "version": version, "plain_http": plain_http}
                _library((b"pull", reference.encode(), json.dumps(options).encode()), failed, online=True)
            else:
                flags = ["--plain-http"] if plain_http else []
                _command(engine, failed, "pull", reference, "--version", version, "--destination", folder, *flags)
        except CannotDo as error:
            if _NOT_THERE.search(str(error)):
                return None
            raise
        found = sorted(Path(folder).glob("*.tgz"))
        return found[0].read_bytes() if found else None


_NOT_THERE = re.compile(r": not found$|\bstatus code 40[134]\b")
"""What Helm says of a version that a registry does not have; to those who may not see it, it answers 401 or 403."""


def _digest(said: str) -> str:
    """The digest in what Helm says: ``Digest: sha256:...``."""
    at = said.find("sha256:")
    return said[at : at + 71] if at >= 0 else ""


def _library(fields: tuple[bytes, ...], failed: str, *, online: bool) -> str:
    """What Helm's library answers, or prints where it answers nothing. Raises CannotDo with its reason."""
    said = _unless_it_failed(once.library(fields, online=online), failed)
    return said.answer or said.log


def _command(engine: str, failed: str, *arguments: str) -> once.Said:
    """What helm prints. Raises CannotDo with its reason."""
    return _unless_it_failed(once.command(helm_command(engine), *arguments), failed)


def _unless_it_failed(said: once.Said, failed: str) -> once.Said:
    if said.error:
        raise CannotDo(f"{failed}: {once.short(said.error)}", hint=_hint(said.error))
    return said


_HINTS = (
    ("private key checksum failure", "give its passphrase: the first line of --passphrase-file FILE"),
    ("passphrase", "put it into a file and name that with --passphrase-file"),
    ("keyring", "export one: gpg --export-secret-keys > FILE"),
)


def _hint(reason: str) -> str:
    """What to do about it, where that is known."""
    return next((hint for words, hint in _HINTS if words in reason), once.registry_hint(reason))
