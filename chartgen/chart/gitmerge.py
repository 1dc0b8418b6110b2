"""Merging three texts line by line, which is git's to do: nobody's settings have a say in what comes out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from chartgen.chart.git import environment
from chartgen.errors import CannotDo

MINE, NEW = "mine", "new"
"""What the sides are called behind the markers of a conflict."""


def merge_file(base: bytes, mine: bytes, new: bytes, *, marker: int) -> bytes | None:
    """What both sides have made of a text, with markers so many characters long where both changed the same lines.

    None where there is no git. Raises CannotDo when git fails, as it does with what is no text.
    """
    try:
        with TemporaryDirectory(prefix="chartgen-") as folder:
            done = _merge_file({MINE: mine, "base": base, NEW: new}, Path(folder), marker)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = "git merges files in the folder for temporary ones, which TMPDIR names"
        raise CannotDo(f"two texts cannot be merged: {reason}", hint=hint) from None
    if done is None:
        return None
    if not 0 <= done.returncode <= _MOST_CONFLICTS:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise CannotDo(f"git merge-file failed: {said or 'without a word'}")
    return done.stdout


_MOST_CONFLICTS = 127
"""The exit code is the number of conflicts up to this one, and above it is that git failed."""


def _merge_file(texts: Mapping[str, bytes], folder: Path, marker: int) -> subprocess.CompletedProcess[bytes] | None:
    """Have git merge texts that are written into a folder; None where it cannot be run. Raises OSError."""
    for name, content in texts.items():
        (folder / name).write_bytes(content)
    labels = [word for name in texts for word in ("-L", name)]
    settings = ["-c", "merge.conflictStyle=merge", "-c", "diff.algorithm=myers"]
    command = ["git", *settings, "merge-file", "-p", f"--marker-size={marker}", *labels, *texts]
    alone = {
        **{name: value for name, value in environment().items() if not name.startswith("GIT_CONFIG")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(folder.resolve().parent),
    }
    try:
        return subprocess.run(command, cwd=folder, env=alone, capture_output=True, check=False)
    except (FileNotFoundError, PermissionError):
        return None
