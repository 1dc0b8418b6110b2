"""What becomes of packages once they are made: they are signed, and pushed to a registry."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chartgen.cli.times import stamp
from chartgen.errors import CannotDo, InvalidInput, Problem
from chartgen.location import Location
from chartgen.tuples import NamedTuple

if TYPE_CHECKING:
    from chartgen.release.package import Package

RAISE = "raise the version: chartgen bump"


class Made(NamedTuple):
    """A package, the chart or package it is made from, and where it goes."""

    package: Package
    source: Path
    target: Path


def signed(
    made: Sequence[Made], key: str, keyring: Path, passphrase_file: Path | None, engine: str
) -> dict[Path, bytes]:
    """The provenance file of each package. Raises CannotDo."""
    import tempfile

    from chartgen.engine.publishing import sign

    if not keyring.is_file():
        raise CannotDo(f"{str(keyring)!r} does not exist", hint="gpg --export-secret-keys > secring.gpg")
    found: dict[Path, bytes] = {}
    with tempfile.TemporaryDirectory(prefix="chartgen-") as folder:
        for one in made:
            copy = Path(folder) / one.package.name
            copy.write_bytes(one.package.data)
            written = sign(copy, key=key, keyring=keyring, passphrase_file=passphrase_file, engine=engine)
            found[one.target.with_name(f"{one.target.name}.prov")] = written.read_bytes()
    return found


def push_package(
    one: Made,
    remote: str,
    created: str | None,
    time: int | None,
    engine: str,
    *,
    plain_http: bool,
    dry_run: bool,
    say: Callable[[str], None],
) -> None:
    """Push a package and what signs it, unless the registry has it.

    Helm takes the file's time for the manifest's, which is to stay the same. Raises InvalidInput for a version that is
    published with other bytes.
    """
    import tempfile
    from datetime import datetime

    from chartgen.engine.publishing import published, push

    name, version = one.package.metadata["name"], one.package.metadata["version"]
    where = f"{remote.rstrip('/')}/{name}:{version}"
    if dry_run:
        say(f"would push {where}")
        return
    there = published(remote, name, version, plain_http=plain_http, engine=engine)
    if there is not None and there != one.package.data:
        problem = Problem(f"{where} is published already, with other bytes", Location(), RAISE, "already-published")
        raise InvalidInput((problem,))
    if there is not None:
        say(f"{where} is there already")
        return
    made_at = stamp(created, time, one.source)
    seconds = datetime.fromisoformat(made_at).timestamp() if made_at else 0.0
    with tempfile.TemporaryDirectory(prefix="chartgen-") as folder:
        copy = Path(folder) / one.package.name
        copy.write_bytes(one.package.data)
        os.utime(copy, (seconds, seconds))
        signature = one.target.with_name(f"{one.target.name}.prov")
        if signature.is_file() and one.package.digest.encode() in signature.read_bytes():
            copy.with_name(f"{copy.name}.prov").write_bytes(signature.read_bytes())
        digest = push(copy, remote, name, version, plain_http=plain_http, engine=engine)
    say(f"pushed {where}, {digest}")
