"""Every hostile chart ends in a finding within the limits, and the good chart beside it is linted as ever."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.case import Case, chart
from tests.hostile.files import ARCHIVES, FOLDERS, SECRET
from tests.hostile.objects import OBJECTS
from tests.hostile.templates import TEMPLATES
from tests.hostile.values import BY_SCHEMA, VALUES
from tests.unit.engine_support import needs_library

pytestmark = [
    needs_library,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads of /proc how much memory was taken"),
]

ALL = os.environ.get("CHARTGEN_HOSTILE") == "all"
"""Whether to go through all cases, as a nightly run does: together they take minutes."""

MOST_MEMORY = 900
"""MiB of chartgen itself, the processes in which Helm renders apart."""

LINT = [
    *(sys.executable, Path(__file__).with_name("lint.py"), "1"),
    *("--no-config", "--no-cache", "--profile", "strict"),
]
"""The command, with a second for each render."""

GOOD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: good}\nspec:\n  containers:\n"
    "    - {name: web, image: 'web:latest', securityContext: {privileged: true}}\n"
)

GROUPS: Mapping[str, Mapping[str, Case]] = {
    "templates": TEMPLATES,
    "values": VALUES,
    "schemas": BY_SCHEMA,
    "folders": FOLDERS,
    "archives": ARCHIVES,
    "objects": OBJECTS,
}

ALWAYS = {
    "templates": (
        "an-include-without-end",
        "text-repeated-two-thousand-million-times",
        "a-loop-of-nine-thousand-million",
        "a-name-that-is-a-path",
    ),
    "values": ("values-aliases", "values-a-map-in-itself", "chart-yaml-ten-thousand-brackets", "scenario-merges"),
    "schemas": ("a-schema-in-a-file", "a-schema-in-circles", "a-schema-of-ten-thousand-levels"),
    "folders": (
        "a-link-to-a-file-outside",
        "a-hidden-scenario-that-is-a-link-outside",
        "a-pipe-for-values",
        "a-file-of-a-terabyte",
    ),
    "archives": ("a-member-above", "a-hard-link", "a-bomb", "many-empty-gzips"),
    "objects": ("aliases", "ten-thousand-brackets", "a-name-with-escapes", "a-crd-whose-pattern-backtracks"),
}
"""The cases that every run of the tests goes through: the cheapest of each sort."""


def chosen(group: str) -> dict[str, Case]:
    """The cases of a group that are run this time."""
    return dict(GROUPS[group]) if ALL else {name: GROUPS[group][name] for name in ALWAYS[group]}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of each group, run when it is first asked for."""
    return {"folder": tmp_path_factory.mktemp("hostile")}


def run(group: str, runs: dict[str, Any]) -> Any:
    """Lint the charts of a group and a good one, all in one run."""
    if group not in runs:
        folder: Path = runs["folder"] / group
        for name, case in chosen(group).items():
            (folder / name).mkdir(parents=True)
            case.build(folder / name / "chart")
        chart(GOOD, name="good")(folder / "good")
        home = folder.with_name(f"{group}-home")
        (home / "tmp").mkdir(parents=True)
        before = snapshot(folder)
        charts = [next((folder / name).glob("chart*")).relative_to(folder) for name in chosen(group)]
        ended = subprocess.run(
            [*LINT, *map(str, charts), "good", "--format", "json", "-j", "2"],
            cwd=folder,
            env={**os.environ, "HOME": str(home), "TMPDIR": str(home / "tmp"), "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=False,
        )
        left = [str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()]
        runs[group] = (ended, before == snapshot(folder), left)
        shutil.rmtree(folder, ignore_errors=True)
    return runs[group]


def snapshot(folder: Path) -> list[tuple[str, int]]:
    """Every path below a folder, with its time."""
    return sorted((str(path), path.lstat().st_mtime_ns) for path in folder.rglob("*"))


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_ends_well(group: str, runs: dict[str, Any]) -> None:
    ended, unchanged, left = run(group, runs)
    assert ended.returncode == 1, ended.stderr.decode()[-2000:]
    report = json.loads(ended.stdout)
    summary, peak = ended.stderr.decode().rstrip().rsplit("\n", 1)
    assert int(peak) < MOST_MEMORY << 10, f"it took {int(peak) >> 10} MiB"
    assert "Traceback" not in summary
    assert unchanged, "something was written among the charts"
    assert left == []
    crashed = [finding["message"] for finding in report["findings"] if finding["rule"] == "rule-crashed"]
    assert crashed == []


@pytest.mark.parametrize("group", GROUPS)
def test_the_good_chart_is_linted_as_ever(group: str, runs: dict[str, Any]) -> None:
    report = json.loads(run(group, runs)[0].stdout)
    found = {finding["rule"] for finding in report["findings"] if finding["chart"] == "good"}
    assert {"floating-image-tag", "privileged-container"} <= found


@pytest.mark.parametrize(("group", "name"), [(group, name) for group in GROUPS for name in chosen(group)])
def test_a_hostile_chart_is_told_of_in_words(group: str, name: str, runs: dict[str, Any]) -> None:
    report = json.loads(run(group, runs)[0].stdout)
    files = [f"{name}/chart", f"{name}/chart.tgz"]
    found = [
        finding
        for finding in report["findings"]
        if any(str(finding["location"].get("file", "")).startswith(file) for file in files)
    ]
    assert found, "nothing is said of it"
    for finding in found:
        assert len(finding["message"]) < 1_100
        assert SECRET not in json.dumps(finding)


@pytest.mark.parametrize("format_name", ["text", "concise", "github", "markdown"])
def test_nothing_that_a_chart_says_reaches_the_terminal_raw(format_name: str, tmp_path: Path) -> None:
    names = ["a-name-with-escapes", "a-chart-that-is-called-by-escapes", "a-name-with-metacharacters"]
    for name in names:
        FOLDERS[name].build(tmp_path / name)
    OBJECTS["a-name-with-escapes"].build(tmp_path / "object")
    OBJECTS["a-kind-with-escapes"].build(tmp_path / "kind")
    ended = subprocess.run(
        [*LINT, *names, "object", "kind", "--format", format_name],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert not {char for char in ended.stdout + ended.stderr if not (char.isprintable() or char == "\n")}
    assert not [line for line in ended.stdout.splitlines() if line.startswith("::error::")]
    assert not list(tmp_path.rglob("pwned"))
