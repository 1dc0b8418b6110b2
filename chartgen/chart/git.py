"""The door to git: the one place from which it is run.

Histories and objects are read, and no lock is taken, unless a commit or a tag is asked for (``gitwrite``). No program
that a repository names is run, and what a hook is told about the repository it runs in leads nowhere else.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from chartgen.errors import CannotDo
from chartgen.tuples import NamedTuple

_OF_A_HOOK = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"}
)

FILE, LINK, FOLDER, SUBMODULE = "file", "link", "folder", "submodule"


class Entry(NamedTuple):
    """A file of a commit: its path from the root of the repository, what it is, the name of its content, its bytes."""

    path: str
    kind: str
    blob: str
    size: int = 0


def repository(path: Path) -> Path:
    """The root of the working tree a path is in; of a submodule that of the repository that holds it.

    The path need not exist, but the folder that would hold it. Raises CannotDo.
    """
    said = git(_folder(path), "rev-parse", "--show-toplevel", "--show-superproject-working-tree").split("\n")
    root, outer = Path(said[0]), said[1]
    return repository(Path(outer)) if outer else root


def own_repository(path: Path) -> Path:
    """The root of the repository whose history a path is in: of a submodule its own, of a bare one its folder.

    The path need not exist, but the folder that would hold it. Raises CannotDo.
    """
    folder = _folder(path)
    bare = attempt(folder, "rev-parse", "--is-bare-repository").strip() == "true"
    where = "--absolute-git-dir" if bare else "--show-toplevel"
    return Path(git(folder, "rev-parse", where).removesuffix("\n"))


def _folder(path: Path) -> Path:
    """The folder that a path is, or is in."""
    folder = path.resolve()
    return folder if folder.is_dir() else folder.parent


def is_apart(folder: Path, root: Path) -> bool:
    """Whether a folder below a repository's root is in another repository: a submodule, or a clone that lies there."""
    return any((place / ".git").exists() for place in (folder, *folder.parents) if root in place.parents)


def commit(root: Path, ref: str) -> str:
    """The commit that a name means. Raises CannotDo, with what to fetch, where there is none."""
    if not ref:
        raise CannotDo("a commit's name is empty", hint="is it a shell variable that is not set?")
    found = attempt(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").strip()
    if not found:
        if not attempt(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"):
            raise CannotDo(f"there is no commit in {str(root)!r} yet", hint="commit something first")
        raise CannotDo(f"there is no commit {ref!r} in {str(root)!r}", hint=_cure(root, ref))
    return found


def _cure(root: Path, ref: str) -> str:
    """What to do about a commit that is not there."""
    if ref.endswith("/"):
        return "is it a shell variable that is not set?"
    is_name = re.fullmatch(r"\w[\w./-]*", ref) is not None
    if is_name and attempt(root, "rev-parse", "--verify", "--quiet", f"refs/remotes/origin/{ref}^{{commit}}"):
        return f"did you mean 'origin/{ref}'?"
    if is_shallow(root):
        return f"fetch it: {DEEPER}"
    branch = ref.removeprefix("origin/")
    if is_name and branch != ref:
        return f"fetch it: git fetch origin {branch}:refs/remotes/{ref}"
    return "fetch it: git fetch --tags origin" + f"; a branch that is only there is origin/{ref}" * is_name


def base(root: Path, ref: str) -> str:
    """Where the history of ``ref`` and that of the working tree parted; ``ref`` itself where they never met.

    Raises CannotDo, with what to fetch, when the history at hand does not reach back so far.
    """
    wanted = commit(root, ref)
    parted = attempt(root, "merge-base", wanted, "HEAD").strip()
    if not parted and is_shallow(root):
        raise CannotDo(
            f"the history of {str(root)!r} does not reach back to where it parted from {ref!r}",
            hint=f"fetch more of it: {DEEPER}",
        )
    return parted or wanted


def is_shallow(root: Path) -> bool:
    """Whether the older part of the history was not fetched."""
    return git(root, "rev-parse", "--is-shallow-repository").strip() == "true"


DEEPER = (
    "git fetch --unshallow --tags origin '+refs/heads/*:refs/remotes/origin/*' "
    "(in GitHub's checkout action: fetch-depth: 0)"
)
"""How to get the part of a history that is missing; branches are named, since ``git clone --depth`` knows but one."""

_KINDS = {"120000": LINK, "160000": SUBMODULE, "040000": FOLDER}


def tree(root: Path, commit_id: str, folder: str = "") -> tuple[Entry, ...]:
    """The files of a commit below a folder (``""`` for all), sorted by path."""
    text = git(root, "ls-tree", "-r", "-z", "-l", "--full-tree", commit_id, "--", *([folder] if folder else []))
    found = []
    for line in text.split("\0"):
        if line:
            about, _, path = line.partition("\t")
            mode, _, blob, size = about.split()
            found.append(Entry(path, _KINDS.get(mode, FILE), blob, int(size) if size.isdecimal() else 0))
    return tuple(sorted(found))


def contents(root: Path, blobs: Iterable[str]) -> Mapping[str, bytes]:
    """Contents by their names, or by ``COMMIT:PATH``; what is not there is left out. One call for all of them.

    Raises CannotDo when a content is known and was not fetched (a partial clone that is offline).
    """
    wanted = list(dict.fromkeys(blobs))
    if not wanted:
        return {}
    asked = "".join(f"{one}\n" for one in wanted if "\n" not in one).encode("utf-8", "surrogateescape")
    done = _run(root, ("cat-file", "--batch"), asked)
    if done.returncode:
        raise _failed(root, "cat-file", done.stderr.decode("utf-8", "replace").strip())
    found: dict[str, bytes] = {}
    at = 0
    for one in (one for one in wanted if "\n" not in one):
        end = done.stdout.index(b"\n", at)
        # A name that is not there is repeated as it was asked for, blanks and all.
        about = done.stdout[at:end].rsplit(b" ", 2)
        at = end + 1
        if len(about) == 3 and about[2].isdigit():
            size = int(about[2])
            if about[1] == b"blob":
                found[one] = done.stdout[at : at + size]
            at += size + 1
    return found


def git(folder: Path, *arguments: str) -> str:
    """What git prints. Raises CannotDo when it fails."""
    done = _run(folder, arguments)
    if done.returncode:
        raise _failed(folder, arguments[0], done.stderr.decode("utf-8", "replace").strip())
    return done.stdout.decode("utf-8", "surrogateescape")


def attempt(folder: Path, *arguments: str) -> str:
    """What git prints, or ``""`` when it fails."""
    done = _run(folder, arguments)
    return "" if done.returncode else done.stdout.decode("utf-8", "surrogateescape")


def _failed(folder: Path, command: str, message: str) -> CannotDo:
    if "not a git repository" in message:
        return CannotDo(f"{str(folder)!r} is not in a git repository", hint="it is compared with its history there")
    if "must be run in a work tree" in message:
        return CannotDo(f"{str(folder)!r} is a folder of git's own", hint="go to where the files are")
    if "dubious ownership" in message:
        return CannotDo(
            f"git does not trust {str(folder)!r}, which belongs to another user",
            hint=f"git config --global --add safe.directory {folder}",
        )
    return CannotDo(f"git {command} failed in {str(folder)!r}: {' '.join(message.split()) or 'without a word'}")


def ignored(root: Path, paths: Sequence[str]) -> tuple[str, ...]:
    """The files among some that no commit holds because ``.gitignore`` leaves them out."""
    done = _run(root, ("check-ignore", "-z", "--stdin"), b"\0".join(os.fsencode(path) for path in paths))
    return tuple(os.fsdecode(path) for path in done.stdout.split(b"\0") if path)


def environment() -> dict[str, str]:
    """What git is told of its surroundings: nothing of a hook that we may run in, and no language but C's."""
    return {**{name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}, "LC_ALL": "C"}


def _run(folder: Path, arguments: Sequence[str], stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, env=environment(), input=stdin, capture_output=True, check=False)
    except (FileNotFoundError, PermissionError):
        raise CannotDo("this needs git, which is not on PATH", hint="install git") from None
