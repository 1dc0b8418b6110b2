"""Small charts, and the helm to compare with: the one on PATH, or the one named in CHARTGEN_HELM."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from chartgen.chart.model import Chart
from chartgen.chart.read import metadata, read_chart
from chartgen.engine.api import Failure, Job, Rendered
from chartgen.engine.spawn import library

CHARTS = Path(__file__).parent.parent / "charts"
HELM = os.environ.get("CHARTGEN_HELM") or shutil.which("helm") or ""

needs_helm = pytest.mark.skipif(not HELM, reason="compares with helm: put it on PATH or name it in CHARTGEN_HELM")
needs_library = pytest.mark.skipif(library() is None, reason="helm-python-sdk has no wheel for this platform")

CHART_YAML = "apiVersion: v2\nname: c\nversion: 1.0.0\n"


def chart(*templates: str, chart_yaml: str = CHART_YAML, **files: str | bytes) -> Chart:
    """A chart called c; templates are templates/x.yaml, y.yaml, z.yaml, and other files are named ``path__to.ext``."""
    named = {f"templates/{name}.yaml": text for name, text in zip("xyz", templates, strict=False)}
    others = {path.replace("__", "/"): content for path, content in files.items()}
    texts: dict[str, str | bytes] = {"Chart.yaml": chart_yaml, **named, **others}
    return Chart.of(texts, metadata=metadata(chart_yaml.encode()), origin="c")


def fixture(name: str) -> Chart:
    return read_chart(CHARTS / name, display=name)


def rendered(answer: Rendered | Failure) -> Rendered:
    assert isinstance(answer, Rendered), answer
    return answer


def failed(answer: object) -> Failure:
    assert isinstance(answer, Failure), answer
    return answer


def job(*templates: str) -> Job:
    return Job(chart(*templates))


def write(given: Chart, folder: Path) -> Path:
    """The chart as a folder, for helm."""
    for path, content in given.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def helm(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    ended = subprocess.run([HELM, *map(str, arguments)], capture_output=True, check=False)
    return subprocess.CompletedProcess(ended.args, ended.returncode, ended.stdout.decode(), ended.stderr.decode())
