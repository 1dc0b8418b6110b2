"""Charts by reference: folders, packages, commits, repositories."""

from __future__ import annotations

import io
import tarfile
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from chartgen.chart.git import DEEPER
from chartgen.chart.read import read_chart
from chartgen.errors import CannotDo, ChartgenError, InvalidInput
from chartgen.release.source import chart_of
from tests.cli.runner import run
from tests.unit.test_since import git, write_chart

from .engine_support import needs_library


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q", "-b", "main", ".")
    write_chart(root / "charts" / "web")
    (root / "charts" / "web" / "ci").mkdir()
    (root / "charts" / "web" / "ci" / "a-values.yaml").write_text("a: 5\n")
    (root / "charts" / "web" / ".helmignore").write_text("ci/\n*.bak\n")
    (root / "charts" / "web" / "values.bak").write_text("x")
    write_chart(root / "charts" / "web" / "charts" / "inner")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "one")
    monkeypatch.chdir(root)
    return root


def test_a_commit_holds_the_same_chart_as_the_folder_did(repository: Path) -> None:
    folder = read_chart(repository / "charts" / "web")
    git(repository, "tag", "web-1.0.0")
    git(repository, "rm", "-q", "-r", "charts")
    for reference in ("git:HEAD:charts/web", "git:web-1.0.0:./charts/web/", "git:main:charts/web"):
        chart = chart_of(reference)
        assert (chart.files, chart.metadata, chart.unpackaged) == (folder.files, folder.metadata, folder.unpackaged)
        assert chart.origin == reference
        assert list(chart.unpackaged) == ["ci/a-values.yaml"]
    assert chart_of("git:HEAD").name == "web", "the only chart there is needs no path"


def test_the_path_may_be_that_of_the_other_chart_or_of_the_working_directory(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_chart(repository / "charts" / "api")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "two")
    assert chart_of("git:HEAD", like="charts/api").name == "api"
    with pytest.raises(CannotDo) as raised:
        chart_of("git:HEAD")
    assert raised.value.hint == "name one: git:HEAD:charts/api, git:HEAD:charts/web"
    monkeypatch.chdir(repository / "charts" / "web")
    assert chart_of("git:HEAD").name == "web"
    assert chart_of("git:HEAD:../api").name == "api"
    assert chart_of("git:HEAD:.").name == "web"


def test_links_are_followed_inside_the_repository_only(repository: Path) -> None:
    web = repository / "charts" / "web"
    (repository / "shared").mkdir()
    (repository / "shared" / "x.yaml").write_text("shared: 1\n")
    (web / "templates" / "linked.yaml").symlink_to("../../../shared/x.yaml")
    (web / "files").symlink_to("../../shared")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "links")
    chart = chart_of("git:HEAD:charts/web")
    assert chart.files == read_chart(web).files
    assert chart.files["files/x.yaml"] == chart.files["templates/linked.yaml"] == b"shared: 1\n"
    for target in ("/etc/passwd", "../../../../../etc/passwd", "nothing"):
        (web / "out.yaml").unlink(missing_ok=True)
        (web / "out.yaml").symlink_to(target)
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", "out")
        with pytest.raises(InvalidInput, match="is a symbolic link that leads to nothing there"):
            chart_of("git:HEAD:charts/web")
    (web / "out.yaml").unlink()
    (web / "loop").symlink_to(".")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "loop")
    with pytest.raises(InvalidInput, match="leads back to a folder it is in"):
        chart_of("git:HEAD:charts/web")


def test_what_git_keeps_for_itself_is_in_no_release(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "root"
    write_chart(root)
    git(root, "init", "-q", "-b", "main", ".")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "one")
    monkeypatch.chdir(root)
    assert any(path.startswith(".git/") for path in read_chart(root).files), "as Helm reads it"
    assert chart_of(".").files == chart_of("git:HEAD").files
    assert run(["bump"]).stdout.startswith("root 1.0.0 stays: none since 1.0.0")
    assert run(["package", ".", "-d", str(tmp_path)]).exit == 0
    assert read_chart(tmp_path / "root-1.0.0.tgz").files == chart_of("git:HEAD").files


def test_a_bare_repository_has_charts_too(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")
    monkeypatch.chdir(tmp_path / "bare.git")
    assert chart_of("git:HEAD:charts/web").name == "web"
    monkeypatch.chdir(repository / ".git")
    with pytest.raises(CannotDo, match="is a folder of git's own"):
        chart_of("git:HEAD:charts/web")


def test_what_is_in_a_submodule_is_said_to_be_elsewhere(repository: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    git(inner, "init", "-q", ".")
    (inner / "x.yaml").write_text("a: 1\n")
    git(inner, "add", "-A")
    git(inner, "commit", "-q", "-m", "inner")
    git(repository, "submodule", "add", "-q", str(inner), "charts/web/vendor")
    git(repository, "commit", "-q", "-m", "vendored")
    with pytest.raises(InvalidInput, match="is in a submodule, whose files are not in this repository"):
        chart_of("git:HEAD:charts/web")
    (repository / "charts/web/.helmignore").write_text("vendor/\nci/\n")
    git(repository, "commit", "-q", "-a", "-m", "ignored")
    assert chart_of("git:HEAD:charts/web").name == "web"


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("git:nope:charts/web", "there is no commit 'nope' in"),
        ("git::charts/web", "a commit's name is empty"),
        ("git:HEAD:charts/none", "'git:HEAD:charts/none' does not exist"),
        ("git:HEAD:charts", "'git:HEAD:charts' is not a chart: it has no Chart.yaml"),
        ("git:HEAD:../../..", "leads out of the repository"),
        ("none", "'none' does not exist"),
        ("", "a path is empty"),
        ("https://", "'https://' names no chart"),
        ("http://127.0.0.1:9/web-1.0.0.tgz", "'http://127.0.0.1:9/web-1.0.0.tgz' cannot be fetched: "),
    ],
)
def test_what_is_not_there_is_said(repository: Path, reference: str, message: str) -> None:
    with pytest.raises(ChartgenError) as raised:
        chart_of(reference)
    assert message in raised.value.message


def test_a_shallow_clone_says_what_to_fetch(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "charts/web/values.yaml").write_text("a: 2\n")
    git(repository, "commit", "-q", "-a", "-m", "two")
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    assert chart_of("git:HEAD:charts/web").name == "web"
    with pytest.raises(CannotDo) as raised:
        chart_of("git:HEAD~1:charts/web")
    assert raised.value.hint == f"fetch it: {DEEPER}"


def test_a_repository_without_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "init", "-q", ".")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotDo, match=r"there is no commit in .* yet"):
        chart_of("git:HEAD")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def published(tmp_path: Path) -> Iterator[str]:
    """A chart repository on this machine that holds web 1.0.0 and 1.1.0, as its address."""
    folder = tmp_path / "published"
    folder.mkdir()
    index = "apiVersion: v1\nentries:\n  web:\n"
    for version in ("1.0.0", "1.1.0"):
        with tarfile.open(folder / f"web-{version}.tgz", "w:gz") as tar:
            content = f"apiVersion: v2\nname: web\nversion: {version}\n".encode()
            member = tarfile.TarInfo("web/Chart.yaml")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
        index += f"    - {{apiVersion: v2, name: web, version: {version}, urls: [web-{version}.tgz]}}\n"
    (folder / "index.yaml").write_text(index)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_package_at_an_address(published: str) -> None:
    assert chart_of(f"{published}/web-1.0.0.tgz").metadata["version"] == "1.0.0"
    with pytest.raises(CannotDo, match="cannot be fetched: HTTP Error 404"):
        chart_of(f"{published}/none.tgz")


@needs_library
def test_a_chart_of_a_repository(published: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELM_CACHE_HOME", str(tmp_path / "cache"))
    assert chart_of(f"{published}/web:1.0.0").metadata["version"] == "1.0.0"
    assert chart_of(f"{published}/web").metadata["version"] == "1.1.0"
    with pytest.raises(CannotDo, match="/none' cannot be fetched"):
        chart_of(f"{published}/none")
    with pytest.raises(
        CannotDo, match=r"^'oci://127.0.0.1:9/charts/web:1.0.0' cannot be fetched: .*connection refused"
    ):
        chart_of("oci://127.0.0.1:9/charts/web:1.0.0")
