"""Finds the policy file of each chart and turns it, with the command line, into what lint is asked to do."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chartgen.cli.terminal import given, read_input
from chartgen.errors import CannotDo
from chartgen.policy.build import Wishes, build
from chartgen.policy.config import NAME, Config
from chartgen.policy.model import Policy

if TYPE_CHECKING:
    from chartgen.policy.custom import CustomPolicies


class PolicyFiles:
    """The policy files of a run. The nearest one upwards from a chart is the chart's, none above a repository's root.

    ``only`` is a file that the user named for all charts; ``use`` false means that there are none. ``named`` are the
    paths the user gave: a policy file is wholly served when one of them holds it, and None when only some of the charts
    below them take part. ``custom`` are files and folders of policies of the user's own, besides those that a policy
    file names.
    """

    def __init__(
        self,
        wishes: Wishes,
        *,
        only: str | None = None,
        use: bool = True,
        named: Sequence[str] | None = (),
        custom: Sequence[str] = (),
        today: str = "",
    ) -> None:
        self._wishes = wishes
        self._only = only
        self._use = use
        self._named = () if named is None else tuple(_absolute(Path(path)) for path in named or ["."])
        self._given = tuple(given(path) for path in custom)
        self._today = today
        self._found: dict[Path, str] = {}
        self._configs: dict[str, Config] = {}
        self._policies: dict[str, Policy] = {}
        self._custom: dict[tuple[Path, ...], CustomPolicies] = {}

    def config(self, path: Path) -> Config:
        """The policy file for a chart or folder; an empty one when there is none.

        Raises CannotDo when it cannot be read, BadSettings with all that is wrong in it.
        """
        file = self._only or (self._nearest(path.absolute()) if self._use else "")
        if file not in self._configs:
            self._configs[file] = self._read(file) if file else Config(custom=self._own(self._given))
        return self._configs[file]

    def policy(self, path: Path) -> Policy:
        """The policy for a chart or folder; the same value for all that share a policy file. Raises as ``config``."""
        config = self.config(path)
        if config.file not in self._policies:
            folder = self.folder(config)
            whole = any(named == folder or named in folder.parents for named in self._named) and bool(config.file)
            self._policies[config.file] = build(config, self._wishes, today=self._today, is_whole=whole)
        return self._policies[config.file]

    def where(self, path: Path) -> str:
        """A chart's folder as its policy file names it, ``""`` when they are the same folder."""
        config = self.config(path)
        if not config.file:
            return ""
        relative = os.path.relpath(path.absolute(), self.folder(config))
        return "" if relative == "." else Path(relative).as_posix()

    def leave_out(self, path: Path) -> bool:
        """Whether the policy file of a chart excludes it."""
        from chartgen.policy.globs import matches

        where = self.where(path)
        return any(matches(pattern, where) for pattern in self.config(path).exclude)

    def folder(self, config: Config) -> Path:
        """The folder that the paths in a policy file begin at."""
        return _absolute(Path(config.file)).parent

    @property
    def configs(self) -> tuple[Config, ...]:
        """The policy files that took part."""
        return tuple(self._configs.values())

    @property
    def custom_files(self) -> tuple[str, ...]:
        """The files of policies that took part, as the user would name them."""
        return tuple(dict.fromkeys(_shown(file.absolute()) for files in self._custom for file in files))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know of the policies: which ones say nothing here."""
        return tuple(dict.fromkeys(note for custom in self._custom.values() for note in custom.passed_over))

    def _read(self, file: str) -> Config:
        from chartgen.policy.load import load_config

        folder = Path(file).absolute().parent

        def policies(paths: Sequence[str]) -> CustomPolicies | None:
            try:
                return self._own((*self._given, *(Path(_shown(folder / path)) for path in paths)))
            except CannotDo as error:
                if not paths:
                    raise
                raise CannotDo(f"{error.message} (policies of {file})", hint=error.hint) from None

        return load_config(_text(file), file=file, policies=policies, judgements=_judgements)

    def _own(self, paths: Sequence[Path]) -> CustomPolicies | None:
        """The policies in some files and folders; the same value for the same files."""
        if not paths:
            return None
        from chartgen.policy.custom import load_custom

        files = tuple(dict.fromkeys(file for path in paths for file in _policy_files(path)))
        if files not in self._custom:
            self._custom[files] = load_custom((str(file), _text(str(file))) for file in files)
        return self._custom[files]

    def _nearest(self, folder: Path) -> str:
        """The nearest policy file from a folder upwards, as the user would name it, or ``""``."""
        if folder not in self._found:
            candidate = folder / NAME
            if candidate.is_file():
                self._found[folder] = _shown(candidate)
            elif folder.parent == folder or (folder / ".git").exists():
                self._found[folder] = ""
            else:
                self._found[folder] = self._nearest(folder.parent)
        return self._found[folder]


def _judgements() -> Iterable[str]:
    """The ids of all judgements."""
    from chartgen.judgements.catalogue import ids

    return ids()


def _shown(path: Path) -> str:
    """A path from the working directory where it is near, the whole path where it is not."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("../../..") else relative


def _absolute(path: Path) -> Path:
    """The whole path without ``..``, which would make the folders of a path look like folders above it."""
    return Path(os.path.normpath(path.absolute()))


def _text(file: str) -> str:
    try:
        return read_input(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotDo(f"{file!r} is not UTF-8 text", hint="save it as UTF-8") from None


def _policy_files(path: Path) -> list[Path]:
    """A file, or all YAML files below a folder, in order."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.suffix in (".yaml", ".yml") and file.is_file())
    if not found:
        raise CannotDo(f"there is no YAML file in {str(path)!r}", hint="--policy takes a file or a folder of policies")
    return found
