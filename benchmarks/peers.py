"""Measures chartgen lint beside other linters; lint.sh installs them and starts this.

Commands of one table run in turn, round after round, because a machine's clock drifts: compare within a table only. The
first round warms file caches and is not counted. Figures are medians of wall time; ratios are to chartgen without its
cache. A tool that runs once for each chart does so in a loop of the shell, as CI would.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

OURS = "chartgen lint --no-cache"


class Command(NamedTuple):
    """One command of a table: its tool, what is shown, its words, and whether it takes charts as its last words."""

    tool: str
    shown: str
    words: tuple[str, ...]
    takes_charts: bool = True


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="benchmarks/lint.sh", description="Measure chartgen lint beside other linters."
    )
    parser.add_argument("--charts", type=Path, metavar="FOLDER", help="real charts: those in and below this folder")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count (default: %(default)s)")
    parser.add_argument("--number", type=int, default=100, help="charts of each set (default: %(default)s)")
    parser.add_argument("--without", default="", metavar="TOOL,...", help="tools to leave out, such as checkov")
    parser.add_argument(
        "--kubeconform-schemas",
        default="default",
        metavar="LOCATION",
        help="its -schema-location (default: %(default)s)",
    )
    arguments = parser.parse_args()
    for tool in ("chartgen", "helm"):
        if not shutil.which(tool):
            sys.exit(f"error: no {tool} on PATH\n  help: start benchmarks/lint.sh, which installs it")
    without = set(arguments.without.split(","))
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        small = made(here / "small", arguments.number)
        peers = [
            one
            for one in commands(here, arguments.kubeconform_schemas)
            if one.tool not in without and shutil.which(one.tool)
        ]
        cold = [one for one in peers if "warm" not in one.shown]
        table("One small chart, from a cold start", cold, small[:1], arguments.rounds)
        table(f"{len(small)} small charts (helm create)", peers, small, arguments.rounds)
        if arguments.charts:
            real = found(arguments.charts, arguments.number, here / "real")
            table(f"{len(real)} real charts", peers, real, arguments.rounds)
    print("\nChecks that run:")
    for tool, text in checks_of({one.tool for one in peers}).items():
        print(f"  {tool:<12} {text}")
    return 0


def commands(folder: Path, schemas: str) -> tuple[Command, ...]:
    """All commands; scripts that loop over charts are written into ``folder``."""
    kubeconform = f"kubeconform -ignore-missing-schemas -schema-location {schemas} -cache {folder} -summary"
    (folder / "kubeconform.sh").write_text(f'for c in "$@"; do helm template x "$c" | {kubeconform}; done\nexit 0\n')
    score = "kube-score score --output-format ci -"
    (folder / "kube-score.sh").write_text(f'for c in "$@"; do helm template x "$c" | {score}; done\nexit 0\n')
    return (
        Command("chartgen", OURS, ("chartgen", "lint", "--no-cache")),
        Command("chartgen", "chartgen lint, warm cache", ("chartgen", "lint")),
        Command("helm", "helm lint charts/*", ("helm", "lint")),
        Command("kube-linter", "kube-linter lint", ("kube-linter", "lint")),
        Command("kubeconform", "helm template | kubeconform, each", ("sh", str(folder / "kubeconform.sh"))),
        Command("kube-score", "helm template | kube-score, each", ("sh", str(folder / "kube-score.sh"))),
        Command("checkov", "checkov --framework helm", ("checkov", "--quiet", "--framework", "helm"), False),
    )


def table(title: str, peers: list[Command], charts: list[Path], rounds: int) -> None:
    """Run the commands in turn and print medians and ratios, the fastest and slowest round beside them."""
    times: dict[str, list[float]] = {one.shown: [] for one in peers}
    notes: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "NO_COLOR": "1", "XDG_CACHE_HOME": cache}
        for number in range(rounds + 1):
            for one in peers:
                start = time.perf_counter()
                done = subprocess.run(
                    [*one.words, *targets(one, charts)], capture_output=True, text=True, env=environment, check=False
                )
                if number:
                    times[one.shown].append(time.perf_counter() - start)
                notes[one.shown] = trouble(one, done)
    width = max(map(len, times))
    print(f"\n{title} (median of {rounds} rounds)")
    medians = {shown: statistics.median(taken) for shown, taken in times.items()}
    for shown, median in medians.items():
        span = f"{min(times[shown]):.2f}-{max(times[shown]):.2f}"
        ratio = median / medians[OURS]
        print(f"  {shown:<{width}} {median:9.3f} s  {ratio:7.2f}x  ({span})  {notes[shown]}".rstrip(), flush=True)


def targets(one: Command, charts: list[Path]) -> list[str]:
    """The words that name the charts: their folders, or with ``-d`` where a tool takes one folder at a time."""
    if one.takes_charts:
        return [str(chart) for chart in charts]
    return ["--directory", str(charts[0] if len(charts) == 1 else charts[0].parent)]


def trouble(one: Command, done: subprocess.CompletedProcess[str]) -> str:
    """Why a figure may not mean what it should, or ``""``."""
    if one.tool == "kubeconform" and "failed downloading schema" in done.stdout + done.stderr:
        return "without schemas: they could not be fetched"
    if done.returncode not in (0, 1):
        return f"ended with {done.returncode}: {(done.stderr.strip().splitlines() or [''])[-1][:80]}"
    return ""


def made(folder: Path, number: int) -> list[Path]:
    """Charts of ``helm create``."""
    folder.mkdir()
    for index in range(number):
        subprocess.run(["helm", "create", str(folder / f"web{index}")], check=True, capture_output=True)
    return sorted(folder.iterdir())


def found(root: Path, number: int, folder: Path) -> list[Path]:
    """The first whole charts in and below a folder, copied side by side under names of their own."""
    charts = sorted(path.parent for path in root.rglob("Chart.yaml"))
    charts = [chart for chart in charts if not any(parent in charts for parent in chart.relative_to(root).parents)]
    whole = [chart for chart in charts if not any(above in chart.parents for above in charts if above != chart)]
    folder.mkdir()
    for chart in whole[:number]:
        shutil.copytree(chart, folder / "-".join(chart.relative_to(root).parts or [chart.name]))
    if not whole:
        sys.exit(f"error: there is no chart below {str(root)!r}\n  help: --charts takes a folder that holds charts")
    return sorted(folder.iterdir())


def checks_of(tools: set[str]) -> dict[str, str]:
    """How many checks each tool runs, as it says itself."""
    counts: dict[str, str] = {}
    rules = json.loads(output("chartgen", "rules", "--format", "json"))
    profiles = [rule["profile"] for rule in rules]
    usual = sum(profile in ("baseline", "recommended") for profile in profiles)
    counts["chartgen"] = f"{usual} rules unasked, {usual + profiles.count('strict')} under strict, {len(rules)} in all"
    if "kube-linter" in tools:
        states = [
            line.split()[-1] for line in output("kube-linter", "checks", "list").splitlines() if "by default:" in line
        ]
        counts["kube-linter"] = f"{states.count('true')} unasked, {len(states)} in all"
    if "kube-score" in tools:
        lines = output("kube-score", "list").splitlines()
        counts["kube-score"] = f"{sum('optional' not in line for line in lines)} unasked, {len(lines)} in all"
    if "checkov" in tools:
        ids = {line.split("|")[2].strip() for line in output("checkov", "--list").splitlines() if "K8S_" in line}
        counts["checkov"] = f"{len(ids)} for Kubernetes"
    if "kubeconform" in tools:
        counts["kubeconform"] = "the schemas of Kubernetes"
    counts["helm"] = "about 20, and whether templates render"
    return counts


def output(*words: str) -> str:
    """What a command prints."""
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    sys.exit(main())
