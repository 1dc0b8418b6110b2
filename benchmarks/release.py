"""How long ``gate`` takes over a repository: ``python benchmarks/release.py [--charts 100] [--changed 10]``.

Makes a repository of charts as ``helm create`` makes them in a temporary folder, changes a template and the version of
some on a branch, and has the gate judge them: first without any cache, then as in the next run of a CI job that keeps
it. Figures are medians of wall time; needs git and an installed chartgen.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHART = ROOT / "tests" / "charts" / "created"


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure chartgen gate over a repository of charts.")
    parser.add_argument("--charts", type=int, default=100, help="charts of the repository (default: %(default)s)")
    parser.add_argument("--changed", type=int, default=10, help="charts that have changed (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=9, help="rounds that count (default: %(default)s)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        repository = Path(place) / "repository"
        make(repository, arguments.charts, arguments.changed)
        gate = [sys.executable, "-m", "chartgen", "gate", "--against", "main"]
        print(f"gate over {arguments.charts} charts, {arguments.changed} changed")
        for name, words in (
            ("no cache", [*gate, "--no-cache"]),
            ("warm", gate),
            ("warm, without linting", [*gate, "--skip", "lint-worse"]),
        ):
            took = measure(words, repository, Path(place) / "cache", arguments.rounds)
            print(f"{name:<22} {statistics.median(took):6.2f} s  ({min(took):.2f} to {max(took):.2f})", flush=True)
    return 0


def make(repository: Path, charts: int, changed: int) -> None:
    """A repository whose branch ``topic`` has changed some charts of ``main``."""
    for number in range(charts):
        folder = repository / "charts" / f"web{number}"
        shutil.copytree(CHART, folder)
        edit(folder / "Chart.yaml", "name: created", f"name: web{number}")
    git(repository, "init", "-q", "-b", "main", ".")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "charts")
    git(repository, "checkout", "-q", "-b", "topic")
    for number in range(changed):
        folder = repository / "charts" / f"web{number * charts // max(changed, 1)}"
        edit(folder / "values.yaml", "replicaCount: 1", "replicaCount: 2")
        edit(folder / "Chart.yaml", "version: 0.1.0", "version: 0.2.0")
    git(repository, "commit", "-q", "-a", "-m", "change")


def edit(file: Path, old: str, new: str) -> None:
    """Replace what has to stand in a file."""
    text = file.read_text(encoding="utf-8")
    if old not in text:
        sys.exit(f"error: {file} does not hold {old!r}")
    file.write_text(text.replace(old, new), encoding="utf-8")


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=benchmark", "-c", "user.email=benchmark@example.com"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True)


def measure(words: list[str], repository: Path, cache: Path, rounds: int) -> list[float]:
    """Seconds of each run after a first one that does not count."""
    environment = {**os.environ, "CHARTGEN_CACHE_DIR": str(cache)}
    took = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        done = subprocess.run(
            words, cwd=repository, capture_output=True, encoding="utf-8", env=environment, check=False
        )
        took.append(time.perf_counter() - began)
        if done.returncode:
            sys.exit(f"error: the gate ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return took[1:]


if __name__ == "__main__":
    sys.exit(main())
