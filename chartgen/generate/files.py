"""The files of a workload: where they lie in the chart, what they are called in the ConfigMap, where they are mounted.

A ConfigMap that is mounted as a folder follows its changes but hides what the image has there; a file mounted alone
hides nothing else, and stays as it was when the pod started. The first is the rule, the second where the first could
do harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from chartgen.generate import names, valuetree
from chartgen.spec.model import AppSpec, ConfigFile, Workload
from chartgen.spec.model_files import FILE, FOLDER

SHARED = frozenset((
    "/", "/app", "/bin", "/boot", "/code", "/dev", "/etc", "/etc/nginx", "/etc/pki", "/etc/ssl", "/etc/ssl/certs",
    "/home", "/lib", "/lib64", "/mnt", "/opt", "/proc", "/root", "/run", "/sbin", "/srv", "/sys", "/tmp", "/usr",
    "/usr/bin", "/usr/lib", "/usr/local", "/usr/local/bin", "/usr/local/etc", "/usr/sbin", "/usr/share", "/usr/src",
    "/usr/src/app", "/var", "/var/cache", "/var/lib", "/var/log", "/var/run", "/workspace",
))  # fmt: skip
"""Folders in which an image has files of its own, so that none of them may be hidden unasked."""

IGNORED = (".DS_Store", ".git", ".gitignore", ".bzr", ".bzrignore", ".hg", ".hgignore", ".svn", "*.swp", "*.bak",
           "*.tmp", "*.orig", "*.rej", "*~", ".project", ".idea", "*.tmproj", ".vscode", ".chartgen", "ci")  # fmt: skip
"""What the chart's .helmignore keeps out of it."""


@dataclass(frozen=True, slots=True)
class FileView:
    """A file: its ``key`` in the ConfigMap, its path in the chart, its setting in ``configFiles``.

    ``binary`` when it is no text; ``block`` when it is text that a literal block of YAML can hold as it is.
    """

    file: ConfigFile
    key: str
    chart_path: str
    setting: str
    binary: bool
    block: bool


@dataclass(frozen=True, slots=True)
class FileVolume:
    """A volume of the ConfigMap: ``paths`` pairs keys with paths, none for all keys under their own names."""

    name: str
    paths: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FileMount:
    """Where a volume of the ConfigMap is mounted; with a ``key``, that file alone."""

    volume: str
    path: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class FilesView:
    """All files of a workload."""

    files: tuple[FileView, ...]
    volumes: tuple[FileVolume, ...]
    mounts: tuple[FileMount, ...]

    @property
    def texts(self) -> tuple[FileView, ...]:
        """Those a ConfigMap holds under ``data``."""
        return tuple(file for file in self.files if not file.binary)

    @property
    def binaries(self) -> tuple[FileView, ...]:
        """Those a ConfigMap holds under ``binaryData``."""
        return tuple(file for file in self.files if file.binary)


def files_view(spec: AppSpec, w: Workload, occupied: Iterable[str]) -> FilesView | None:
    """The files of a workload, None when it has none; ``occupied`` are the folders where something else is mounted."""
    if not w.files:
        return None
    keys = _names(w.files)
    settings = names.settings(keys.values(), "file")
    shared = _names(spec.files)
    own = _names(file for file in w.files if file not in spec.files)
    views = tuple(
        FileView(
            file=file,
            key=keys[file.path],
            chart_path="/".join(_place(w.name, file, shared, own)),
            setting=settings[keys[file.path]],
            binary=not file.is_text,
            block=file.is_text and valuetree.is_block(file.data.decode()),
        )
        for file in w.files
    )
    return FilesView(views, *_mounted(w.files, keys, frozenset(occupied)))


def contents(views: Iterable[FilesView | None]) -> dict[str, bytes]:
    """The files that belong into the chart, by their paths in it."""
    return {file.chart_path: file.file.data for view in views if view for file in view.files}


def _names(files: Iterable[ConfigFile]) -> dict[str, str]:
    """A name for each path: its last part, or as much of the path as tells it from the others."""
    result: dict[str, str] = {}
    for file in files:
        parts = file.path.split("/")[1:]
        name = next((one for n in range(1, len(parts) + 1) if (one := "_".join(parts[-n:])) not in result.values()), "")
        number = 2
        while not name:
            one = f"{number}_{'_'.join(parts)}"
            name, number = ("" if one in result.values() else one), number + 1
        result[file.path] = name
    return result


def _place(workload: str, file: ConfigFile, shared: Mapping[str, str], own: Mapping[str, str]) -> Iterator[str]:
    """The parts of a path in the chart; what all workloads share lies apart, where no workload can be called so."""
    yield "files"
    if workload:
        yield _kept("all_workloads" if file.path not in own else workload)
    yield _kept(own.get(file.path) or shared[file.path])


def _kept(name: str) -> str:
    """A name that .helmignore does not match."""
    return f"{name}_" if any(fnmatchcase(name, pattern) for pattern in IGNORED) else name


def _mounted(
    files: tuple[ConfigFile, ...], keys: Mapping[str, str], occupied: frozenset[str]
) -> tuple[tuple[FileVolume, ...], tuple[FileMount, ...]]:
    folders = _folders(files, occupied)
    groups: dict[str, list[ConfigFile]] = {}
    alone = []
    for file in files:
        folder = min((one for one in folders if file.path.startswith(f"{one}/")), key=len, default="")
        if folder:
            groups.setdefault(folder, []).append(file)
        else:
            alone.append(file)
    volumes, mounts = [], []
    if alone:
        volumes.append(FileVolume("files"))
        mounts += [FileMount("files", file.path, keys[file.path]) for file in alone]
    for number, (folder, inside) in enumerate(groups.items(), 2 if alone else 1):
        paths = tuple((keys[file.path], file.path.removeprefix(f"{folder}/")) for file in inside)
        whole = len(inside) == len(files) and all(key == path for key, path in paths)
        volumes.append(FileVolume("files" if number == 1 else f"files-{number}", () if whole else paths))
        mounts.append(FileMount(volumes[-1].name, folder))
    return tuple(volumes), tuple(mounts)


def _folders(files: tuple[ConfigFile, ...], occupied: frozenset[str]) -> set[str]:
    """The folders that can be mounted: nothing else is mounted in them or below, which a ConfigMap has no room for."""
    wanted = {file.folder for file in files if file.covers == FOLDER}
    refused = {file.folder for file in files if file.covers == FILE}
    folders = {file.folder for file in files if file.folder not in SHARED or file.folder in wanted} - refused - {"/"}
    while True:
        alone = {file.path for file in files if not any(file.path.startswith(f"{one}/") for one in folders)}
        taken = occupied | alone
        kept = {
            folder
            for folder in folders
            if not any(place == folder or place.startswith(f"{folder}/") for place in taken)
            and not any(file.folder in refused and file.path.startswith(f"{folder}/") for file in files)
        }
        if kept == folders:
            return folders
        folders = kept
