"""The wheel as installed: it brings its schemas and templates along and needs no checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = "apiVersion: chartgen/v1\nname: shop\nimage: ghcr.io/acme/shop:1.4.2\nport: 8080\nhealth: /healthz\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)], check=True)
    (built,) = folder.glob("chartgen-*.whl")
    return built


def test_the_wheel_holds_what_it_needs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = archive.read(next(name for name in names if name.endswith("METADATA"))).decode()
    tops = {name.split("/")[0] for name in names}
    assert len(tops) == 2, tops
    assert "chartgen/py.typed" in names
    for folder in ("schemas", "chart-templates"):
        shipped = {name.removeprefix(f"chartgen/_data/{folder}/") for name in names if f"/_data/{folder}/" in name}
        present = {path.relative_to(ROOT / folder).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert shipped == present
    data = {path.relative_to(ROOT).as_posix() for path in (ROOT / "chartgen/kube/data").rglob("*.gz")}
    assert data <= set(names)
    assert "chartgen/kube/data/kubernetes.gz" in data
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "Requires-Python: >=3.11" in metadata


def test_the_installed_wheel_generates_and_lints(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (tmp_path / "app.yaml").write_text(SPEC)

    def chartgen(*arguments: str) -> str:
        # -P: the working directory is not searched; the wheel comes before any checkout that is installed.
        start = f"import sys; sys.path.insert(0, {str(site)!r}); from chartgen.__main__ import main; sys.exit(main())"
        command = [sys.executable, "-P", "-c", start, *arguments]
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, encoding="utf-8").stdout

    assert chartgen("validate", "app.yaml") == ""
    assert chartgen("generate", "app.yaml") == "charts-output/shop\n"
    assert (tmp_path / "charts-output/shop/templates/deployment.yaml").is_file()
    assert chartgen("lint", "charts-output/shop", "--profile", "strict", "--fail-on", "info") == ""
    assert chartgen("schema").startswith("{")
    assert chartgen("explain", "floating-image-tag").startswith("# floating-image-tag\n")
