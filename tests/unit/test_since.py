"""Which charts have changed since a commit, asked of a real git."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from chartgen.chart.git import DEEPER
from chartgen.chart.since import changed_since
from chartgen.errors import CannotDo

LIB, MID, APP, OTHER = ("charts/lib", "charts/mid", "charts/app", "charts/other")
ALL = (LIB, MID, APP, OTHER)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A library, a chart that depends on it, one that depends on that, and one that depends on nothing."""
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q", "-b", "main", ".")
    for name, dependency in ((LIB, ""), (MID, "../lib"), (APP, "../mid"), (OTHER, "https://charts.example.com")):
        write_chart(root / name, dependency)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "charts")
    git(root, "checkout", "-q", "-b", "topic")
    return root


def write_chart(folder: Path, dependency: str = "") -> None:
    where = dependency if "//" in dependency else f"file://{dependency}"
    wanted = (
        f"dependencies:\n  - name: {dependency.rsplit('/', 1)[-1]}\n    repository: {where}\n" if dependency else ""
    )
    (folder / "templates").mkdir(parents=True)
    (folder / "Chart.yaml").write_text(f"apiVersion: v2\nname: {folder.name}\nversion: 1.0.0\n{wanted}")
    (folder / "values.yaml").write_text("a: 1\n")
    (folder / "templates" / "x.yaml").write_text("kind: ConfigMap\n")


def git(folder: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True, env=environment)


def changed(root: Path, ref: str = "main", *, shared: tuple[str, ...] = ()) -> list[str]:
    charts = [root / name for name in ALL if (root / name).exists()]
    found = changed_since(ref, charts, shared=[root / name for name in shared])
    return [path.relative_to(root).as_posix() for path in found]


def test_nothing_has_changed(repository: Path) -> None:
    assert changed(repository) == []


def test_what_depends_on_a_changed_chart_has_changed_at_any_depth(repository: Path) -> None:
    (repository / LIB / "values.yaml").write_text("a: 2\n")
    assert changed(repository) == [LIB, MID, APP]


@pytest.mark.parametrize("state", ["edited", "staged", "committed", "new", "gone", "renamed"])
def test_a_change_counts_in_every_state(repository: Path, state: str) -> None:
    template = repository / OTHER / "templates" / "x.yaml"
    if state == "new":
        template.with_name("y.yaml").write_text("kind: Secret\n")
    elif state == "gone":
        template.unlink()
    elif state == "renamed":
        git(repository, "mv", str(template), str(template.with_name("z.yaml")))
    else:
        template.write_text("kind: Secret\n")
    if state in ("staged", "committed"):
        git(repository, "add", "-A")
    if state == "committed":
        git(repository, "commit", "-q", "-m", "change")
    assert changed(repository) == [OTHER]


def test_what_git_ignores_does_not_count(repository: Path) -> None:
    (repository / ".gitignore").write_text("*.tgz\n")
    (repository / MID / "lib-1.0.0.tgz").write_bytes(b"")
    assert changed(repository) == []


def test_a_file_moved_from_one_chart_to_another_changes_both(repository: Path) -> None:
    git(repository, "mv", f"{OTHER}/values.yaml", f"{APP}/other-values.yaml")
    assert changed(repository) == [APP, OTHER]


def test_a_chart_that_is_gone_changes_those_that_depend_on_it(repository: Path) -> None:
    git(repository, "rm", "-q", "-r", MID)
    assert changed(repository) == [APP]


def test_what_others_have_changed_meanwhile_does_not_count(repository: Path) -> None:
    git(repository, "checkout", "-q", "main")
    (repository / LIB / "values.yaml").write_text("a: 2\n")
    git(repository, "commit", "-q", "-a", "-m", "theirs")
    git(repository, "checkout", "-q", "topic")
    (repository / OTHER / "values.yaml").write_text("a: 3\n")
    git(repository, "commit", "-q", "-a", "-m", "ours")
    assert changed(repository) == [OTHER]


def test_a_link_is_followed(repository: Path) -> None:
    (repository / OTHER / "charts").mkdir()
    (repository / OTHER / "charts" / "lib").symlink_to("../../lib")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "link")
    (repository / LIB / "values.yaml").write_text("a: 2\n")
    assert changed(repository, "HEAD") == [LIB, MID, APP, OTHER]


def test_dependencies_of_a_vendored_chart_count(repository: Path) -> None:
    write_chart(repository / OTHER / "charts" / "inner", "../../../lib")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "inner")
    (repository / LIB / "values.yaml").write_text("a: 2\n")
    assert changed(repository, "HEAD") == [LIB, MID, APP, OTHER]


def test_dependencies_in_the_old_file_count(repository: Path) -> None:
    (repository / OTHER / "requirements.yaml").write_text("dependencies: [{name: lib, repository: 'file://../lib'}]\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "old")
    (repository / LIB / "values.yaml").write_text("a: 2\n")
    assert changed(repository, "HEAD") == [LIB, MID, APP, OTHER]


def test_charts_that_depend_on_each_other_come_to_an_end(repository: Path) -> None:
    (repository / LIB / "Chart.yaml").write_text(
        "name: lib\ndependencies: [{name: app, repository: 'file://../app'}]\n"
    )
    assert changed(repository) == [LIB, MID, APP]


def test_a_chart_yaml_that_is_broken_is_no_obstacle(repository: Path) -> None:
    (repository / OTHER / "Chart.yaml").write_text("dependencies: [file://]: ]")
    (repository / MID / "Chart.yaml").write_text("dependencies: [1, {repository: 2}, {repository: 'file://../lib'}]")
    assert changed(repository) == [MID, APP, OTHER]


def test_values_that_are_given_concern_every_chart(repository: Path) -> None:
    (repository / "prod.yaml").write_text("a: 1\n")
    assert changed(repository, shared=("prod.yaml",)) == list(ALL)
    assert changed(repository, shared=("none.yaml",)) == []


def test_a_policy_concerns_the_charts_below_it(repository: Path) -> None:
    (repository / OTHER / ".." / ".chartgen.yaml").write_text("profile: strict\n")
    assert changed(repository) == list(ALL)


def test_it_works_from_anywhere_and_inside_a_hook(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / LIB / "values.yaml").write_text("a: 2\n")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", "none")
    monkeypatch.chdir(repository / MID / "templates")
    assert changed_since("main", [Path(".."), Path("../../other")]) == (Path(".."),)


def test_names_that_git_would_quote(repository: Path) -> None:
    (repository / OTHER / "templates" / 'ä "b"\tc.yaml').write_text("kind: Secret\n")
    assert changed(repository) == [OTHER]


def test_a_submodule_is_a_part_of_its_repository(repository: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    git(inner, "init", "-q", ".")
    write_chart(inner / "chart")
    git(inner, "add", "-A")
    git(inner, "commit", "-q", "-m", "inner")
    git(repository, "submodule", "add", "-q", str(inner), "vendor")
    git(repository, "commit", "-q", "-m", "vendored")
    chart = repository / "vendor" / "chart"
    assert changed_since("HEAD", [chart]) == ()
    assert changed_since("main", [chart]) == (chart,)
    (chart / "values.yaml").write_text("a: 5\n")
    assert changed_since("HEAD", [chart]) == (chart,)


@pytest.mark.parametrize(
    ("ref", "cure"),
    [
        ("nope", "fetch it: git fetch --tags origin; a branch that is only there is origin/nope"),
        ("origin/a/b", "fetch it: git fetch origin a/b:refs/remotes/origin/a/b"),
        ("origin/", "is it a shell variable that is not set?"),
        ("--output=x", "fetch it: git fetch --tags origin"),
        ("a b", "fetch it: git fetch --tags origin"),
        ("main:charts", "fetch it: git fetch --tags origin"),
    ],
)
def test_a_commit_that_does_not_exist(repository: Path, ref: str, cure: str) -> None:
    with pytest.raises(CannotDo) as raised:
        changed(repository, ref)
    assert raised.value.message == f"there is no commit {ref!r} in {str(repository)!r}"
    assert raised.value.hint == cure
    assert not (repository / "x").exists()


def test_a_shallow_clone_says_what_to_fetch(repository: Path, tmp_path: Path) -> None:
    (repository / LIB / "values.yaml").write_text("a: 2\n")
    git(repository, "commit", "-q", "-a", "-m", "change")
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "topic", repository.as_uri(), "shallow")
    shallow = tmp_path / "shallow"
    with pytest.raises(CannotDo) as raised:
        changed(shallow, "HEAD~1")
    assert raised.value.hint == f"fetch it: {DEEPER}"

    git(shallow, "fetch", "-q", "--depth", "1", "origin", "main:main")
    with pytest.raises(CannotDo) as raised:
        changed(shallow)
    assert "does not reach back to where it parted from 'main'" in raised.value.message
    assert raised.value.hint == f"fetch more of it: {DEEPER}"


@pytest.mark.parametrize("depth", [(), ("--depth", "1")])
def test_what_is_said_to_be_fetched_helps(repository: Path, tmp_path: Path, depth: tuple[str, ...]) -> None:
    (repository / LIB / "values.yaml").write_text("a: 2\n")
    git(repository, "commit", "-q", "-a", "-m", "change")
    where = ("--branch", "topic", "--single-branch", repository.as_uri(), "part")
    git(tmp_path, "clone", "-q", *depth, *where)
    part = tmp_path / "part"
    with pytest.raises(CannotDo) as raised:
        changed(part, "origin/main")
    command = raised.value.hint.removeprefix("fetch it: git ").partition(" (in ")[0]
    git(part, *shlex.split(command))
    assert changed(part, "origin/main") == [LIB, MID, APP]
    with pytest.raises(CannotDo) as raised:
        changed(part, "main")
    assert raised.value.hint == "did you mean 'origin/main'?"


def test_no_repository(tmp_path: Path) -> None:
    write_chart(tmp_path / "web")
    with pytest.raises(CannotDo) as raised:
        changed_since("main", [tmp_path / "web"])
    assert raised.value.message == f"{str(tmp_path / 'web')!r} is not in a git repository"


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotDo) as raised:
        changed(repository)
    assert (raised.value.message, raised.value.hint) == ("this needs git, which is not on PATH", "install git")


def test_nothing_is_written(repository: Path) -> None:
    def state() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(repository.rglob("*")) if path.is_file()}

    os.utime(repository / LIB / "values.yaml")  # git would note this in its index, if it might
    before = state()
    changed(repository)
    assert state() == before
