"""Runs promtool, the real Prometheus' checker, on rules and on unit tests of rules."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from chartgen import yamlwrite

REQUIRED = os.environ.get("CHARTGEN_REQUIRE_PROMTOOL") == "1"
"""Set where promtool must be present, so that a run without it fails instead of proving nothing."""

needs_promtool = pytest.mark.skipif(
    shutil.which("promtool") is None and not REQUIRED,
    reason="promtool is not on PATH (Debian has it in the package prometheus)",
)


def check_rules(groups: list[dict[str, Any]], folder: Path) -> str:
    """What ``promtool check rules`` has against rule groups, empty when nothing."""
    path = folder / "rules.yaml"
    path.write_text(yamlwrite.dump({"groups": groups}), encoding="utf-8")
    return _complaint(["promtool", "check", "rules", "--lint=all", "--lint-fatal", str(path)])


def check_queries(queries: list[str], folder: Path) -> str:
    """What Prometheus has against PromQL expressions, empty when it reads them all."""
    rules = [{"record": f"query:{number}", "expr": query} for number, query in enumerate(queries)]
    return check_rules([{"name": "queries", "rules": rules}], folder)


def test_rules(groups: list[dict[str, Any]], tests: list[dict[str, Any]], folder: Path) -> str:
    """What ``promtool test rules`` finds wrong, empty when every test passes."""
    (folder / "rules.yaml").write_text(yamlwrite.dump({"groups": groups}), encoding="utf-8")
    path = folder / "tests.yaml"
    path.write_text(yamlwrite.dump({"rule_files": ["rules.yaml"], "tests": tests}), encoding="utf-8")
    return _complaint(["promtool", "test", "rules", str(path)])


test_rules.__test__ = False  # type: ignore[attr-defined]


def _complaint(command: list[str]) -> str:
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return "" if run.returncode == 0 else run.stdout + run.stderr
