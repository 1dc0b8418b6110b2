"""``bump`` of a chart that chartgen has generated: its spec is edited, and the chart made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runner import Run, run
from tests.unit.test_since import git

SPEC = "apiVersion: chartgen/v1\nname: shop\nimage: ghcr.io/acme/shop:1.0.0\nport: 8080\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a spec and its chart, released as 0.1.0."""
    root = tmp_path / "repository"
    root.mkdir()
    (root / "app.yaml").write_text(SPEC)
    monkeypatch.chdir(root)
    assert run(["generate", "app.yaml", "-o", "charts/shop"]).exit == 0
    git(root, "init", "-q", "-b", "main", ".")
    for name in ("user.name", "user.email"):
        git(root, "config", name, "a")
    commit(root, "shop")
    git(root, "tag", "shop-0.1.0")
    return root


def commit(root: Path, message: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)


def ok(*arguments: str) -> Run:
    got = run(["bump", *arguments])
    assert got.exit == 0, got.stderr
    return got


def test_a_chart_that_has_not_changed_stays(root: Path) -> None:
    before = {
        path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file() and ".git" not in path.parts
    }
    assert ok("charts/shop").stdout == "shop 0.1.0 stays: none since 0.1.0 (tag shop-0.1.0)\n"
    assert all(path.read_bytes() == content for path, content in before.items())


def test_what_lies_beside_what_is_generated_is_part_of_the_chart(root: Path) -> None:
    (root / "charts/shop/templates/mine.yaml").write_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine}\ndata: {a: b}\n"
    )
    commit(root, "mine")
    assert "ConfigMap/mine: is new" in ok("charts/shop", "--dry-run").stderr
    git(root, "tag", "-f", "shop-0.1.0")
    assert ok("charts/shop").stdout == "shop 0.1.0 stays: none since 0.1.0 (tag shop-0.1.0)\n"


def test_another_version_of_the_application_is_in_the_chart_also_where_its_own_is_raised_already(root: Path) -> None:
    ok("minor", "charts/shop")
    ok("charts/shop", "--app-version", "1.1.0")
    assert (root / "app.yaml").read_text() == SPEC.replace("name: shop\n", "name: shop\nversion: 0.2.0\n").replace(
        ":1.0.0", ":1.1.0"
    )
    got = run(["generate", "app.yaml", "-o", "charts/shop", "--diff"])
    assert (got.exit, got.stdout) == (0, ""), "the chart is what the spec makes"
