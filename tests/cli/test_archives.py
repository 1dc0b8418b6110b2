"""What is said of charts that are packed."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from tests.cli.runner import run

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: nginx:1.2.3, securityContext: {privileged: true}}]}
"""
CHART = {"Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n", "templates/pod.yaml": POD}


def pack(path: str, files: dict[str, str]) -> None:
    with tarfile.open(path, "w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(f"web/{name}")
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text.encode()))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_an_archive_without_a_chart_is_told_with_its_place() -> None:
    pack("none.tgz", {"README.md": "nothing"})
    got = run(["lint", "none.tgz", "--format", "concise"])
    assert got.stdout == (
        "none.tgz: error: none.tgz: the chart does not load: 'none.tgz' is not a chart: it has no Chart.yaml "
        "[chart-does-not-load]\n"
    )
    assert got.exit == 1


@pytest.mark.parametrize("path", ["web.tgz", "pod.yaml"])
def test_no_fixes_are_promised_for_what_is_not_edited(path: str) -> None:
    pack("web.tgz", CHART)
    Path("pod.yaml").write_text(POD)
    select = ["--select", "privileged-container"]
    assert run(["lint", path, *select]).stderr.splitlines()[-1].endswith(("0 objects", "1 object"))
    for name, text in CHART.items():
        Path("web", name).parent.mkdir(parents=True, exist_ok=True)
        Path("web", name).write_text(text)
    assert run(["lint", "web", path, *select]).stderr.endswith("; 1 may be fixed by --fix --unsafe\n")
