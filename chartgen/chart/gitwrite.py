"""Commits and tags, for those who ask for them: what git's hooks and settings say about them holds."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from chartgen.chart.git import attempt, environment, git
from chartgen.errors import CannotDo


def uncommitted(root: Path, paths: Sequence[str]) -> tuple[str, ...]:
    """The files among some files and folders that differ from the last commit, new ones too, from the root on."""
    where = [f":(top,literal){path}" if path else ":/" for path in paths]
    text = git(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *where)
    return tuple(sorted(line[3:] for line in text.split("\0") if line))


def tag_exists(root: Path, name: str) -> bool:
    """Whether there is a tag of that name. Raises CannotDo for a name that git takes for no tag."""
    if _run(root, ("check-ref-format", f"refs/tags/{name}")).returncode:
        raise CannotDo(f"{name!r} cannot be the name of a tag", hint="see 'git help check-ref-format'")
    return bool(attempt(root, "rev-parse", "--verify", "--quiet", f"refs/tags/{name}"))


def make_commit(root: Path, paths: Sequence[str], message: str) -> str:
    """Commit some files, and no others, and give the commit's id. Raises CannotDo, the index then being as it was."""
    new = [path for path in paths if not attempt(root, "ls-files", "--", f":(top,literal){path}")]
    literal = [f":(top,literal){path}" for path in paths]
    if new:
        _do(root, "add", "--intent-to-add", "--", *(f":(top,literal){path}" for path in new))
    try:
        _do(root, "commit", "--quiet", "--only", "--message", message, "--", *literal)
    except BaseException:
        if new:
            _run(root, ("reset", "--quiet", "--", *(f":(top,literal){path}" for path in new)))
        raise
    # What a hook has added is in the commit, and not yet in the index.
    _run(root, ("reset", "--quiet", "--", *literal))
    return head(root)


def head(root: Path) -> str:
    """The last commit, ``""`` where there is none yet."""
    return attempt(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").strip()


def take_back(root: Path, before: str, paths: Sequence[str], tags: Sequence[str]) -> None:
    """Have the last commit and some tags not be made; ``before`` was the last commit until then.

    The files stay as they are. What others have committed since is left alone.
    """
    for tag in tags:
        _run(root, ("update-ref", "-d", f"refs/tags/{tag}"))
    made = head(root)
    if made != before and attempt(root, "rev-parse", "--verify", "--quiet", f"{made}^1").strip() == before:
        _run(root, ("update-ref", "-m", "a release is taken back", "HEAD", before, made))
        _run(root, ("reset", "--quiet", "--", *(f":(top,literal){path}" for path in paths)))


def make_tag(root: Path, name: str, message: str) -> None:
    """Tag the last commit, with a message. Raises CannotDo."""
    _do(root, "tag", "--annotate", "--message", message, "--", name)


def _do(root: Path, *arguments: str) -> None:
    done = _run(root, arguments)
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).decode("utf-8", "replace").split())
        raise CannotDo(f"git {arguments[0]} failed in {str(root)!r}: {said or 'without a word'}")


def _run(root: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(root), *arguments]
    try:
        process = subprocess.Popen(
            command, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
    except (FileNotFoundError, PermissionError):
        raise CannotDo("this needs git, which is not on PATH", hint="install git") from None
    with process:
        try:
            out, error = process.communicate()
        except BaseException:
            _end(process)
            raise
    return subprocess.CompletedProcess(command, process.returncode, out, error)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git in a way that lets it remove its locks, and only when that does not help, by force."""
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()


_PATIENCE = 5.0
"""Seconds that git has to end when it is asked to."""
