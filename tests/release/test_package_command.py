"""``chartgen package``: several charts at once, signed and pushed; when they were made is what the last commit says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from chartgen.release.package import package
from chartgen.yamlread import read

from ..cli.runner import run
from ..unit.engine_support import chart, helm, needs_helm, needs_library, write
from .registry import registry
from .test_package import keys as keys


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def charts(folder: Path) -> None:
    """Two charts in a repository, whose last commits are known."""
    for name, date in (("a", "2026-01-02T03:04:05+01:00"), ("b", "2026-02-02T00:00:00Z")):
        write(chart("x: 1\n", chart_yaml=f"apiVersion: v2\nname: {name}\nversion: 1.0.0\n"), folder / name)
        git(folder, "add", name)
        git(folder, "commit", "-qm", name, date=date)


def git(folder: Path, *arguments: str, date: str = "") -> None:
    if not (folder / ".git").exists():
        subprocess.run(["git", "init", "-q", str(folder)], check=True)
    who = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"]
    environment = {"GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": date, "PATH": "/usr/bin:/bin:/usr/local/bin"}
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, env=environment)


def test_an_index_says_when_each_chart_was_committed(tmp_path: Path) -> None:
    charts(tmp_path / "repo")
    got = run(["package", "repo", "-d", "dist", "--index", "index.yaml"])
    assert (got.exit, got.stdout) == (0, "dist/a-1.0.0.tgz\ndist/b-1.0.0.tgz\n")
    entries = read((tmp_path / "index.yaml").read_text()).data["entries"]
    assert {name: one[0]["created"] for name, one in entries.items()} == {
        "a": "2026-01-02T02:04:05Z",
        "b": "2026-02-02T00:00:00Z",
    }
    before = {path: path.read_bytes() for path in tmp_path.glob("*/*.tgz")}
    assert run(["package", "repo", "-d", "dist", "--index", "index.yaml"]).exit == 0
    assert {path: path.read_bytes() for path in tmp_path.glob("*/*.tgz")} == before


@needs_library
@needs_helm
def test_packages_are_signed_and_pushed(keys: Path, tmp_path: Path) -> None:
    charts(tmp_path / "repo")
    arguments = ["package", "repo/a", "-d", "dist", "--sign", "--key", "Test", "--keyring", str(keys / "secret.gpg")]
    with registry() as store:
        push = ["--push", f"oci://{store.address}/charts", "--plain-http"]
        got = run([*arguments, *push])
        assert (got.exit, got.stdout) == (0, "dist/a-1.0.0.tgz\ndist/a-1.0.0.tgz.prov\n")
        (repository, digest), *_ = [key for key in store.manifests if key[1].startswith("sha256:")]
        assert f"pushed oci://{store.address}/charts/a:1.0.0, {digest}" in got.stderr.splitlines()
        assert repository == "charts/a"
        before = store.pushes
        again = run(["package", "dist/a-1.0.0.tgz", *push])
        assert f"oci://{store.address}/charts/a:1.0.0 is there already" in again.stderr.splitlines()
        assert store.pushes == before
        (tmp_path / "repo/a/new.txt").write_text("x")
        refused = run(["package", "repo/a", "-d", "other", *push])
        assert refused.exit == 1
        assert f"error: oci://{store.address}/charts/a:1.0.0 is published already, with other bytes" in refused.stderr
        assert store.pushes == before
    verified = helm("verify", tmp_path / "dist/a-1.0.0.tgz", "--keyring", keys / "public.gpg")
    assert verified.returncode == 0, verified.stderr


@needs_library
def test_where_signing_fails_nothing_is_written(keys: Path, tmp_path: Path) -> None:
    charts(tmp_path / "repo")
    arguments = ["package", "repo", "-d", "dist", "--index", "index.yaml", "--sign"]
    got = run([*arguments, "--key", "Nobody", "--keyring", str(keys / "secret.gpg")])
    assert (got.exit, got.stderr) == (2, "error: a-1.0.0.tgz cannot be signed: private key not found\n")
    assert not (tmp_path / "dist").exists()
    assert not (tmp_path / "index.yaml").exists()


def test_a_package_is_taken_as_it_is(tmp_path: Path) -> None:
    data = package(chart("x: 1\n"), time=5).data
    (tmp_path / "renamed.tgz").write_bytes(data)
    got = run(["package", "renamed.tgz", "-d", "dist", "--index", "index.yaml", "--created", "2026-01-01"])
    assert (got.exit, got.stdout) == (0, "renamed.tgz\n")
    assert not list(tmp_path.glob("dist/*"))
    entry = read((tmp_path / "index.yaml").read_text()).data["entries"]["c"][0]
    assert entry["urls"] == ["renamed.tgz"]
    assert run(["package", "renamed.tgz", "--version", "2.0.0"]).exit == 2


@needs_library
def test_what_was_pushed_is_compared_with_what_is_to_follow(tmp_path: Path) -> None:
    for folder, version in (("old", "1.0.0"), ("new", "1.1.0")):
        write(chart("x: 1\n", chart_yaml=f"apiVersion: v2\nname: a\nversion: {version}\n"), tmp_path / folder)
    with registry() as store:
        remote = f"oci://{store.address}/charts"
        pushed = run(
            ["package", "old", "-d", "dist", "--push", remote, "--plain-http", "--created", "2026-01-01T00:00:00Z"]
        )
        assert pushed.exit == 0, pushed.stderr
        got = run(["diff", f"{remote}/a:1.0.0", "new", "--plain-http", "--format", "concise"])
        assert (got.exit, "a 1.0.0 -> a 1.1.0" in got.stderr) == (0, True), got.stderr
        assert "take --plain-http" in run(["diff", f"{remote}/a:1.0.0", "new"]).stderr
        missing = run(["diff", f"{remote}/a:2.0.0", "new", "--plain-http"])
    assert missing.exit == 2
    assert f"'{remote}/a:2.0.0' cannot be fetched over HTTP" in missing.stderr
