"""What ``--kube-version`` and ``--schema-location`` of lint become."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from chartgen.cli.terminal import given
from chartgen.errors import CannotDo

if TYPE_CHECKING:
    from chartgen.kube.located import SchemaFiles
    from chartgen.lint.run import Settings
    from chartgen.policy.config import Config

_MOST_FILES = 100_000
_SUFFIXES = (".json", ".yaml", ".yml")


def kube_versions(named: Sequence[str]) -> tuple[str, ...]:
    """The Kubernetes versions in texts that hold one or several between commas, each with three numbers.

    Raises CannotDo for what is no version.

    >>> kube_versions(["1.31,v1.34.2"])
    ('1.31.0', '1.34.2')
    """
    return tuple(dict.fromkeys(_version(one.strip()) for text in named for one in text.split(",")))


def _version(text: str) -> str:
    version = text.removeprefix("v")
    if not re.fullmatch(r"\d+\.\d+(\.\d+)?([-+][0-9A-Za-z.+-]+)?", version):
        raise CannotDo(f"{text!r} is not a Kubernetes version", hint="write it as 1.34 or 1.34.2")
    return f"{version}.0" if version.count(".") == 1 else version


def unknown(versions: Sequence[str], configs: Sequence[Config]) -> list[str]:
    """What to say of versions, named here or else by policy files, whose schemas are not carried."""
    from chartgen.kube.releases import NEWEST, OLDEST, minor_version

    named = versions or [one for config in configs for one in kube_versions(config.kube_versions)]
    notes = []
    for version in dict.fromkeys(named):
        minor = minor_version(version)
        if minor is None or minor < OLDEST:
            notes.append(
                f"Kubernetes {version}: fields are not checked, because the schemas here begin with 1.{OLDEST}"
            )
        elif minor > NEWEST:
            notes.append(
                f"Kubernetes {version}: fields are checked as in 1.{NEWEST}, the newest whose schemas are here"
            )
    return notes


def for_versions(settings: Settings, config: Config) -> Settings:
    """The settings with the Kubernetes versions of a policy file, unless the command line names some."""
    if settings.kube_versions or not config.kube_versions:
        return settings
    versions = kube_versions(config.kube_versions)
    return settings._replace(kube_versions=versions, options=settings.options._replace(kube_version=versions[0]))


def schema_files(folders: Sequence[str]) -> SchemaFiles:
    """The schema files below some folders; those of the first come first. Raises CannotDo for what is no folder."""
    from chartgen.kube.located import SchemaFiles

    files: dict[str, Callable[[], bytes]] = {}
    for folder in folders:
        root = given(folder)
        if not root.is_dir():
            what = "is a file, not a folder" if root.exists() else "does not exist"
            raise CannotDo(f"--schema-location {folder!r} {what}", hint="name a folder of schemas or CRDs")
        before = len(files)
        for path in sorted(root.rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                files.setdefault(path.as_posix(), partial(_read, path))
                if len(files) > _MOST_FILES:
                    raise CannotDo(f"--schema-location {folder!r} holds more than {_MOST_FILES} files")
        if len(files) == before:
            raise CannotDo(f"--schema-location {folder!r} holds no .json or .yaml file")
    return SchemaFiles(files)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
