"""What other judges say of charts-output/ is argued where anybody can read it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/peers.md").read_text(encoding="utf-8")
ARGUED = tomllib.loads((ROOT / "benchmarks/disagreements.toml").read_text(encoding="utf-8"))
TOOLS = ("kubeconform", "kube-linter", "kube-score", "checkov")


def test_the_page_has_every_argument_and_no_other() -> None:
    rows = re.findall(r"^\| ([\w-]+) \| `([\w-]+)` \| (\d+) \| (.*) \|$", PAGE, re.MULTILINE)
    entries = [(tool, check, entry["why"]) for tool, checks in ARGUED.items() for check, entry in checks.items()]
    assert [(tool, check, why) for tool, check, _, why in rows] == entries, "run benchmarks/judges.sh --write"
    assert all(int(count) > 0 for _, _, count, _ in rows)
    assert set(ARGUED) <= set(TOOLS)


def test_every_argument_is_a_sentence_about_objects_that_there_are() -> None:
    for checks in ARGUED.values():
        for check, entry in checks.items():
            assert entry["why"].endswith("."), check
            assert set(entry) <= {"why", "objects"}, check


def test_nothing_is_invalid() -> None:
    assert re.search(r"^\| kubeconform \| [\d,]+ objects valid, 0 not, ", PAGE, re.MULTILINE)


@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="needs kubeconform, kube-linter, kube-score and checkov")
def test_nobody_says_anything_new() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks/judges.py"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
