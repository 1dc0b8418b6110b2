"""Fetches what a chart depends on into its ``charts/``, as Helm does, and packages: the one place that asks a host.

Only on request: a package when the user names one, dependencies with ``--dependency-update`` and only for a chart that
lacks one. What is locked is fetched as it is
locked (``helm dependency build``); without a Chart.lock, or with one that Chart.yaml has left behind or whose
repositories this machine does not know by a name, the newest that fits is (``helm dependency update``), and Chart.lock
is written.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Protocol

from chartgen.chart.read import read_chart
from chartgen.engine import once
from chartgen.engine.choose import helm_command, uses_library
from chartgen.engine.dependencies import missing
from chartgen.engine.once import short
from chartgen.errors import CannotDo

_BUILD_CANNOT = ("out of sync", "no repository definition")
"""What ``build`` says where ``update`` may still do: the lock is old, or names a repository by its address."""


class _Manager(Protocol):
    """Helm's dependency manager: an error's text, or ``""``. ``action`` is ``build`` or ``update``."""

    def run(self, action: str, folder: Path) -> str:
        """Build or update the dependencies of the chart in a folder."""
        ...


def fetch(folder: Path, *, engine: str = "auto") -> tuple[str, ...]:
    """Fetch what a chart's folder lacks; gives the names of what was fetched, nothing where nothing is missing.

    Raises CannotDo, with Helm's reason, when something cannot be had; InvalidInput for a chart that cannot be read.
    """
    absent = missing(read_chart(folder), {})
    if absent is None:
        return ()
    manager: _Manager = _Library() if uses_library(engine) else _Command(helm_command(engine))
    before = set(folder.glob("tmpcharts*"))
    try:
        error = ""
        if (folder / "Chart.lock").is_file() or (folder / "requirements.lock").is_file():
            error = manager.run("build", folder)
        else:
            error = manager.run("update", folder)
        if any(words in error for words in _BUILD_CANNOT):
            error = manager.run("update", folder)
    finally:
        for draft in set(folder.glob("tmpcharts*")) - before:  # of a Helm that was killed
            shutil.rmtree(draft, ignore_errors=True)
    if error:
        raise CannotDo(f"the dependencies of {str(folder)!r} cannot be fetched: {short(error)}", hint=_hint(error))
    return absent.names


def fetch_package(repository: str, name: str, version: str = "", *, engine: str = "auto") -> bytes:
    """The package of a chart in a repository (``https://...``, ``oci://...``); the newest where no version is named.

    Helm fetches it as what another chart depends on, with the user's credentials. Raises CannotDo, with Helm's reason.
    """
    import json
    import tempfile

    manager: _Manager = _Library() if uses_library(engine) else _Command(helm_command(engine))
    wanted = {"name": name, "version": version or "*", "repository": repository}
    with tempfile.TemporaryDirectory(prefix="chartgen-") as place:
        folder = Path(place) / "wanted"
        folder.mkdir()
        described = {"apiVersion": "v2", "name": "wanted", "version": "0.0.0", "dependencies": [wanted]}
        (folder / "Chart.yaml").write_text(json.dumps(described), encoding="utf-8")
        error = manager.run("update", folder)
        packages = sorted((folder / "charts").glob("*.tgz"))
        if error or not packages:
            shown = f"{repository}/{name}" + f":{version}" * bool(version)
            raise CannotDo(f"{shown!r} cannot be fetched: {short(error or 'nothing came')}", hint=_hint(error))
        return packages[0].read_bytes()


LARGEST_PACKAGE = 100 << 20
"""Bytes of a package; more than that Helm would not unpack either."""


def download(url: str) -> bytes:
    """The package at an address (``https://example.com/web-1.2.3.tgz``). Raises CannotDo."""
    from http.client import HTTPException
    from urllib.request import Request as Question
    from urllib.request import urlopen

    try:
        with urlopen(Question(url, headers={"User-Agent": "chartgen"}), timeout=60) as answer:
            data: bytes = answer.read(LARGEST_PACKAGE + 1)
    except (OSError, HTTPException, ValueError) as error:
        reason = short(str(error).removeprefix("<urlopen error ").removesuffix(">"))
        raise CannotDo(f"{url!r} cannot be fetched: {reason}", hint=_hint("")) from None
    if len(data) > LARGEST_PACKAGE:
        raise CannotDo(f"{url!r} is larger than {LARGEST_PACKAGE >> 20} MiB")
    return data


class _Library:
    """The manager in Helm's library, in a process that may use the network."""

    def run(self, action: str, folder: Path) -> str:
        said = once.library((b"dependencies", action.encode(), os.fsencode(folder.resolve())), online=True)
        return _reason(said)


class _Command:
    """The manager behind ``helm dependency``."""

    def __init__(self, helm: str) -> None:
        self._helm = helm

    def run(self, action: str, folder: Path) -> str:
        return _reason(once.command(self._helm, "dependency", action, str(folder.resolve())))


def _reason(said: once.Said) -> str:
    """Helm's error; where it only follows from another that Helm printed, or keeps to itself, that one."""
    if not said.error.startswith("no cached repository for"):
        return said.error
    printed = f"{said.answer}\n{said.log}"
    match = re.search(r"Unable to get an update from the .* chart repository[^\n]*:\s*(.+)", printed)
    return match[1] if match else "the index of a repository cannot be had"


def _hint(error: str) -> str:
    if "no repository definition" in error:
        return "write the repository's address into Chart.yaml; only --engine helm knows names of 'helm repo add'"
    if "not found" in error and "directory" in error:
        return "correct 'repository' in Chart.yaml"
    return once.registry_hint(error) or once.UNREACHED
