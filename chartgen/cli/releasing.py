"""What ``bump`` and ``gate`` share: where the charts are, and what policy files hold them to."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chartgen.cli.terminal import Terminal, given
from chartgen.errors import CannotDo

if TYPE_CHECKING:
    from chartgen.cli.policies import PolicyFiles
    from chartgen.policy.config import ReleaseSettings
    from chartgen.release.last import History


def place(paths: Sequence[str], out: Terminal) -> tuple[Path, tuple[str, ...], History | None]:
    """The repository of some charts, their folders from its root, and its history; without one a folder around them.

    What lies there in a repository of its own is left out. Raises CannotDo for archives, and for charts of several
    repositories that are named.
    """
    from chartgen.chart.git import is_apart, own_repository
    from chartgen.chart.read import find_charts
    from chartgen.release.last import History

    named = [given(path) for path in paths]
    if archive := next((path for path in named if path.is_file()), None):
        raise CannotDo(f"{str(archive)!r} is an archive", hint="name the folder it was made from")
    # Packages that lie among the charts were released already.
    folders = [path.resolve() for path in find_charts(named) if path.is_dir()]
    if not folders:
        raise CannotDo(f"there is no chart in {str(named[0])!r}, only packages", hint="name the folder of a chart")
    try:
        root = own_repository(named[0])
    except CannotDo as error:
        if "not in a git repository" not in error.message and "needs git" not in error.message:
            raise
        above = Path(os.path.commonpath([folder.parent for folder in folders]))
        return above, tuple(relative(folder, above) for folder in folders), None
    apart = [path for path in folders if not path.is_relative_to(root) or is_apart(path, root)]
    meant = {path.resolve() for path in named}
    if outside := next((path for path in apart if path in meant or not path.is_relative_to(root)), None):
        raise CannotDo(f"{str(outside)!r} is not in the repository {str(root)!r}", hint="name charts of one repository")
    if apart == folders:
        raise CannotDo(f"the charts in {str(named[0])!r} are in other repositories", hint="go there, or name one")
    if apart:
        out.note(f"left out {relative(apart[0], root)}{_more(apart)}, in a repository of its own")
    return root, tuple(relative(folder, root) for folder in folders if folder not in apart), History(root)


def _more(paths: Sequence[Path]) -> str:
    return f" and {len(paths) - 1} more" if len(paths) > 1 else ""


def relative(folder: Path, root: Path) -> str:
    """A folder from the repository's root, ``""`` for the root itself. Raises CannotDo for one that is outside."""
    if not folder.is_relative_to(root):
        raise CannotDo(f"{str(folder)!r} is not in the repository {str(root)!r}", hint="name charts of one repository")
    path = folder.relative_to(root).as_posix()
    return "" if path == "." else path


def policy_files(paths: Sequence[str], config: str | None = None) -> PolicyFiles:
    """The policy files of some charts."""
    from chartgen.cli.policies import PolicyFiles
    from chartgen.policy.build import Wishes

    return PolicyFiles(Wishes(), only=config, named=paths)


def included(
    root: Path, folders: Sequence[str], paths: Sequence[str], policies: PolicyFiles, out: Terminal
) -> tuple[str, ...]:
    """The folders without those that policy files exclude; what the user named himself is never excluded."""
    named = {given(path).resolve() for path in paths}
    kept = []
    for folder in folders:
        place = root / folder
        if policies.leave_out(place) and place not in named:
            out.detail(f"left out {folder}, as {policies.config(place).file} says")
        else:
            kept.append(folder)
    if not kept:
        raise CannotDo("every chart there is left out by a policy file", hint="see 'exclude' in it, or name one")
    return tuple(kept)


def held_for(path: str, *, out: Terminal) -> ReleaseSettings:
    """What a chart that is named by a path is held to; nothing of its own, if it is elsewhere."""
    if not Path(path).is_dir():
        from chartgen.release.requirement import AS_BUILT_IN

        return AS_BUILT_IN
    return held_of(Path(path), policy_files([path]), out)("")


def held_of(root: Path, policies: PolicyFiles, out: Terminal) -> Callable[[str], ReleaseSettings]:
    """What the policy file of each chart holds it to; which one decided is said once. Raises BadSettings."""
    said: set[str] = set()

    def held(folder: str) -> ReleaseSettings:
        found = policies.config(root / folder)
        release = found.release
        if found.file not in said and (release.levels or not release.switches):
            said.add(found.file)
            parts = [f"{name}: {level.value}" for name, level in sorted(release.levels.items())]
            parts += ["no switches"] * (not release.switches)
            out.note(f"levels of {found.file}: {', '.join(parts)}")
        return release

    return held
