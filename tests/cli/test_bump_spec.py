"""``bump`` of a chart that chartgen has generated: its spec is edited, and the chart made anew."""

from __future__ import annotations

import subprocess
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


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_edits_of_a_chart_survive_its_release(root: Path) -> None:
    shop = root / "charts/shop"
    edit(shop / "values.yaml", "replicaCount: 2", "replicaCount: 3")
    edit(shop / "templates/deployment.yaml", "  template:\n", "  # ours\n  template:\n")
    (shop / "templates/tests/test-connection.yaml").unlink()
    commit(root, "edits")
    got = ok("minor", "charts/shop", "--commit")
    assert "shop: kept your edits in 2 files, left out 1 file that you deleted\n" in got.stderr
    assert "replicaCount: 3" in (shop / "values.yaml").read_text()
    assert "  # ours\n" in (shop / "templates/deployment.yaml").read_text()
    assert "version: 0.2.0\n" in (shop / "Chart.yaml").read_text()
    assert run(["generate", "app.yaml", "-o", "charts/shop", "--check"]).exit == 0
    assert run(["bump", "charts/shop"]).stdout.startswith("shop 0.2.0 stays")


def test_what_a_release_no_longer_generates_goes_with_it(root: Path) -> None:
    edit(root / "app.yaml", "port: 8080\n", "")
    commit(root, "no port")
    ok("minor", "charts/shop", "--commit")
    assert not (root / "charts/shop/templates/service.yaml").exists()
    assert not (root / "charts/shop/templates/tests").exists()
    status = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, check=True)
    assert status.stdout == b""


def test_a_version_that_somebody_wrote_into_the_chart_is_raised(root: Path) -> None:
    edit(root / "charts/shop/Chart.yaml", "version: 0.1.0", "version: 0.1.5")
    assert ok("minor", "charts/shop").stdout.startswith("shop 0.1.5 -> 0.2.0")
    assert "version: 0.2.0\n" in (root / "charts/shop/Chart.yaml").read_text()
    assert run(["generate", "app.yaml", "-o", "charts/shop", "--check"]).exit == 0


def test_edits_that_collide_with_a_release_are_told_and_nothing_is_written(root: Path) -> None:
    edit(root / "charts/shop/values.yaml", "http: 8080", "http: 7070")
    edit(root / "app.yaml", "port: 8080", "port: 9090")
    before = contents(root)
    got = run(["bump", "minor", "charts/shop"])
    assert (got.exit, got.stdout) == (2, "")
    assert got.stderr.startswith(
        "error: containerPorts.http is 7070 here, and is now generated as 9090; it was 8080\n"
        "    --> charts/shop/values.yaml:"
    ), got.stderr
    assert "help: decide first: chartgen generate app.yaml -o charts/shop --conflicts mine" in got.stderr
    assert contents(root) == before
    assert run(["generate", "app.yaml", "-o", "charts/shop", "--conflicts", "mine"]).exit == 0
    ok("minor", "charts/shop")
    assert "http: 7070" in (root / "charts/shop/values.yaml").read_text()


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_release_that_would_not_render_with_somebodys_edits_is_told(root: Path) -> None:
    shop = root / "charts/shop"
    (shop / "templates/mine.yaml").write_text('{{ include "shop.tested" . }}\n')
    edit(shop / "templates/_helpers.tpl", "{{/*", '{{ define "shop.tested" }}{{ end }}\n{{/*')
    edit(root / "app.yaml", "port: 8080\n", "workloads: {web: {port: 8080}, api: {port: 8080}}\n")
    before = contents(root)
    assert ok("minor", "charts/shop", "--dry-run").stdout
    (shop / "templates/mine.yaml").write_text('{{ include "shop.selectorLabels" . }}\n')
    got = run(["bump", "minor", "charts/shop"])
    assert got.exit == 2, got
    assert "with your edits the chart would not render any more" in got.stderr
    (shop / "templates/mine.yaml").write_text('{{ include "shop.tested" . }}\n')
    assert contents(root) == before


def test_the_gate_has_nothing_against_edits_that_stay(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "branch")
    edit(root / "charts/shop/values.yaml", "replicaCount: 2", "replicaCount: 3")
    edit(root / "charts/shop/templates/deployment.yaml", "  template:\n", "  # ours\n  template:\n")
    edit(root / "app.yaml", "port: 8080", "port: 9090")
    assert run(["generate", "app.yaml", "-o", "charts/shop"]).exit == 0
    assert run(["docs", "charts/shop"]).exit == 0
    edit(root / "app.yaml", "port: 9090", "port: 9191")
    assert run(["generate", "app.yaml", "-o", "charts/shop"]).exit == 0
    commit(root, "edits")
    ok("charts/shop", "--commit")
    got = run(["gate", "--against", "main"])
    assert got.exit == 0, got


def test_a_record_that_git_ignores_is_told_before_anything_is_written(root: Path) -> None:
    git(root, "rm", "-q", "-r", "--cached", "charts/shop/.chartgen")
    (root / ".gitignore").write_text(".chartgen/\n")
    (root / "app.yaml").write_text(SPEC.replace("8080", "9090"))
    commit(root, "port")
    before = git(root, "status", "--porcelain", "--ignored")
    got = run(["bump", "charts/shop", "--commit"])
    assert (got.exit, got.stderr.splitlines()[-2:]) == (2, [
        "error: charts/shop/.chartgen/base.json would not be in the commit, because git ignores it",
        "  help: take it out of .gitignore, or commit by hand",
    ])  # fmt: skip
    assert git(root, "status", "--porcelain", "--ignored") == before
    assert run(["bump", "charts/shop"]).exit == 0
