"""Bumps real charts and checks every byte: ``python benchmarks/roundtrip.py FOLDER`` of charts.

Copies the charts into a repository, commits them, runs ``chartgen bump major`` over all of them at once, and reads what
git says has changed: of Chart.yaml one line for the version, of README the badge, of a changelog nothing but new lines.
Charts that take in others of the folder follow them. Ends with 1 when any other line has changed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from chartgen.chart.read import metadata
from chartgen.errors import CannotDo
from chartgen.release.plan import read_version


def main() -> int:
    parser = argparse.ArgumentParser(description="Bump real charts and check every byte.")
    parser.add_argument("folder", type=Path, help="charts, or folders of them")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        repository = Path(place)
        number = copy(arguments.folder, repository)
        git(repository, "init", "-q", "-b", "main", ".")
        git(repository, "add", "-A", "--force")
        git(repository, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "charts")
        done = subprocess.run(
            [sys.executable, "-m", "chartgen", "bump", "major"],
            cwd=repository,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        print(done.stderr, end="")
        if done.returncode:
            return 1
        counts = Counter[str]()
        wrong = [line for file, lines in changes(repository) for line in judged(file, lines, counts)]
    print(f"{number} charts: " + ", ".join(f"{count} lines of {name}" for name, count in sorted(counts.items())))
    print("".join(f"unexpected: {line}\n" for line in wrong), end="")
    return int(bool(wrong) or not counts)


def copy(folder: Path, repository: Path) -> int:
    """Copy every chart that has a name and a version; gives how many there are. Links and subcharts' links stay out."""
    number = 0
    for file in sorted(folder.rglob("Chart.yaml")):
        chart = file.parent
        if "charts" in chart.relative_to(folder).parts[1:] and any(
            (up / "Chart.yaml").is_file() for up in chart.parents
        ):
            continue
        data = metadata(file.read_bytes())
        try:
            read_version(str(data.get("version")), str(data.get("name")))
        except CannotDo:
            continue
        shutil.copytree(chart, repository / chart.relative_to(folder), symlinks=True, dirs_exist_ok=True)
        number += 1
    return number


def changes(repository: Path) -> Iterator[tuple[str, list[str]]]:
    """The lines that have changed, by file, with their ``-`` or ``+``."""
    file, lines = "", []
    for line in git(repository, "diff", "--unified=0", "--no-color", "--text").splitlines():
        if line.startswith("+++ b/"):
            if file:
                yield file, lines
            file, lines = line[6:], []
        elif line.startswith(("+", "-")) and not line.startswith("--- "):
            lines.append(line)
    if file:
        yield file, lines


def judged(file: str, lines: list[str], counts: Counter[str]) -> Iterator[str]:
    """Lines that should not have changed."""
    name = Path(file).name
    counts[name] += sum(line.startswith("+") for line in lines)
    for line in lines:
        text = line[1:].strip()
        expected = {
            "Chart.yaml": text.lstrip("- ").startswith(("version:", "artifacthub.io/prerelease:"))
            or "version:" in text,
            "Chart.lock": text.lstrip("- ").startswith(("version:", "digest:")),
            "README.md": "img.shields.io" in text,
        }.get(name, name.lower() == "changelog.md" and line.startswith("+"))
        if not expected and not (name == "Chart.yaml" and text.startswith(("- kind:", "description:", "- "))):
            yield f"{file}: {line}"


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8", errors="replace"
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
