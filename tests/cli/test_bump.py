"""``bump`` from the command line, in real repositories: what is written, what is refused, and nothing half done."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from chartgen.resources import schema_text
from tests.cli.runner import Run, run
from tests.unit.test_since import git

CHART = """\
apiVersion: v2
name: web
version: 1.2.0   # the chart's own
appVersion: "1.0.0"
annotations:
  artifacthub.io/changes: |
    - kind: fixed
      description: "old"
  artifacthub.io/prerelease: "false"
"""
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web, tier: front}
    spec:
      containers: [{name: web, image: "web:{{ .Values.image.tag }}", args: ["{{ .Values.level }}"]}]
"""
README = "# web\n\n![Version: 1.2.0](https://img.shields.io/badge/Version-1.2.0-informational)\n"
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-01-01\n\n### Added\n\n- x\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one chart, released as 1.2.0."""
    root = tmp_path / "repository"
    web = root / "charts" / "web"
    (web / "templates").mkdir(parents=True)
    (web / "Chart.yaml").write_text(CHART)
    (web / "values.yaml").write_text('image:\n  tag: "1.0.0"  # app\nlevel: info\n')
    (web / "README.md").write_text(README)
    (web / "CHANGELOG.md").write_text(CHANGELOG)
    (web / ".helmignore").write_text("CHANGELOG.md\n")
    (web / "templates" / "deployment.yaml").write_text(DEPLOYMENT)
    git(root, "init", "-q", "-b", "main", ".")
    for name in ("user.name", "user.email"):
        git(root, "config", name, "a")
    commit(root, "chart")
    git(root, "tag", "web-1.2.0")
    monkeypatch.chdir(root)
    return root


def commit(root: Path, message: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)


def asked(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, encoding="utf-8")
    return done.stdout


def write(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def break_selector(root: Path) -> None:
    write(
        root, "charts/web/templates/deployment.yaml", "matchLabels: {app: web}", "matchLabels: {app: web, tier: front}"
    )


def state(root: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file() and ".git" not in path.parts
    }


def hook(root: Path, name: str, script: str) -> None:
    place = root / ".git" / "hooks" / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)


def ok(*arguments: str) -> Run:
    got = run(["bump", *arguments])
    assert got.exit == 0, got.stderr
    return got


def test_nothing_has_changed(root: Path) -> None:
    before = state(root)
    got = ok()
    assert got.stdout == "web 1.2.0 stays: none since 1.2.0 (tag web-1.2.0)\n"
    assert got.stderr == "nothing to release\n"
    assert state(root) == before


def test_everything_that_says_the_version_follows(root: Path) -> None:
    break_selector(root)
    got = ok()
    assert got.stdout.startswith("web 1.2.0 -> 2.0.0: major since 1.2.0 (tag web-1.2.0)\n  Deployment/web: ")
    assert got.stderr == "raised 1 chart in 3 files\n"
    chart = (root / "charts/web/Chart.yaml").read_text()
    assert "version: 2.0.0   # the chart's own\n" in chart
    assert '    - kind: changed\n      description: "Breaking: Deployment/web: ' in chart
    assert "old" not in chart
    assert (root / "charts/web/README.md").read_text() == README.replace("1.2.0", "2.0.0")
    changelog = (root / "charts/web/CHANGELOG.md").read_text()
    day = r"\d{4}-\d\d-\d\d"
    assert re.search(
        rf"^## \[Unreleased\]\n\n## \[2\.0\.0\] - {day}\n\n### Changed\n\n- \*\*Breaking:\*\* Deploy", changelog, re.M
    )
    assert changelog.endswith(CHANGELOG.partition("[Unreleased]\n\n")[2])


def test_what_was_raised_is_raised_once(root: Path) -> None:
    break_selector(root)
    ok()
    after = state(root)
    assert ok().stdout.startswith("web 2.0.0 stays: major since 1.2.0")
    assert state(root) == after
    commit(root, "2.0.0")
    assert ok().stdout.startswith("web 2.0.0 stays: major since 1.2.0"), "it is not tagged yet"


def test_a_dry_run_shows_what_git_can_apply(root: Path, tmp_path: Path) -> None:
    break_selector(root)
    before = state(root)
    got = ok("--dry-run")
    assert state(root) == before
    assert "-version: 1.2.0   # the chart's own\n+version: 2.0.0   # the chart's own\n" in got.stdout
    assert got.stderr.endswith("would raise 1 chart in 3 files\n")
    (tmp_path / "patch").write_text(got.stdout)
    git(root, "apply", str(tmp_path / "patch"))
    applied = state(root)
    git(root, "checkout", "-q", "--", "charts/web/Chart.yaml", "charts/web/README.md", "charts/web/CHANGELOG.md")
    ok()
    assert state(root) == applied


def test_below_what_is_required_is_refused_and_nothing_is_written(root: Path) -> None:
    break_selector(root)
    before = state(root)
    for arguments in (["minor"], ["--set", "1.2.1"], ["patch", "--pre", "rc"]):
        got = run(["bump", *arguments])
        assert (got.exit, got.stdout) == (1, "")
        assert "is below what has changed since 1.2.0, which requires major (Deployment/web: " in got.stderr
        assert "--allow-breaking 'reason'" in got.stderr
    assert state(root) == before


def test_a_reason_is_recorded(root: Path) -> None:
    break_selector(root)
    commit(root, "change")
    ok("minor", "--allow-breaking", "nobody installed it yet", "--commit", "--tag")
    chart = (root / "charts/web/Chart.yaml").read_text()
    assert '  chartgen.dev/allow-breaking: "1.3.0: nobody installed it yet"\n' in chart
    changelog = (root / "charts/web/CHANGELOG.md").read_text()
    assert "- **Breaking:** Released although it breaks: nobody installed it yet\n" in changelog
    assert asked(root, "log", "-1", "--format=%B") == (
        "release: web 1.3.0\n\nBreaking-Allowed: nobody installed it yet\n\n"
    )
    write(root, "charts/web/values.yaml", "level: info", "level: debug")
    ok()
    assert "allow-breaking" not in (root / "charts/web/Chart.yaml").read_text(), "it was for 1.3.0 alone"


def test_a_commit_holds_the_edits_and_a_tag_names_it(root: Path) -> None:
    break_selector(root)
    commit(root, "change")
    (root / "other.txt").write_text("not ours\n")
    git(root, "add", "other.txt")
    ok("--commit", "--tag")
    assert asked(root, "log", "-1", "--format=%s", "--name-only", "web-2.0.0").split("\n") == [
        "release: web 2.0.0", "", "charts/web/CHANGELOG.md", "charts/web/Chart.yaml", "charts/web/README.md", "",
    ]  # fmt: skip
    assert asked(root, "status", "--porcelain") == "A  other.txt\n"
    assert asked(root, "cat-file", "-t", "web-2.0.0") == "tag\n"
    assert ok().stdout == "web 2.0.0 stays: none since 2.0.0 (tag web-2.0.0)\n"


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg"])
def test_a_commit_that_fails_leaves_everything_as_it_was(root: Path, name: str) -> None:
    break_selector(root)
    commit(root, "change")
    (root / "charts/web/CHANGELOG.md").unlink()
    commit(root, "no changelog")
    hook(root, name, "echo no releases on Fridays >&2\nexit 1")
    before = state(root)
    got = run(["bump", "--changelog", "--commit", "--tag"])
    assert got.exit == 2
    assert "no releases on Fridays" in got.stderr
    assert state(root) == before
    assert asked(root, "status", "--porcelain") == ""
    assert asked(root, "tag", "--list") == "web-1.2.0\n"


@pytest.mark.parametrize("code", [0, 1])
def test_a_hook_may_edit_what_is_committed(root: Path, code: int) -> None:
    break_selector(root)
    commit(root, "change")
    hook(root, "pre-commit", f"echo '# tidy' >> charts/web/Chart.yaml\ngit add -A\nexit {code}")
    before = state(root)
    got = run(["bump", "--commit", "--tag"])
    assert got.exit == 2 * code
    assert asked(root, "status", "--porcelain") == ""
    if code:
        assert "git commit failed" in got.stderr
        assert state(root) == before
    else:
        assert (root / "charts/web/Chart.yaml").read_text().endswith("# tidy\n")


def test_a_tag_that_cannot_be_made_takes_back_the_commit(root: Path) -> None:
    shutil.copytree(root / "charts/web", root / "charts/api")
    write(root, "charts/api/Chart.yaml", "name: web", "name: api")
    commit(root, "api")
    break_selector(root)
    write(root, "charts/api/values.yaml", "level: info", "level: debug")
    commit(root, "change")
    hook(root, "reference-transaction", "! grep -q refs/tags/web || exit 1")
    before = state(root)
    commits = asked(root, "rev-parse", "HEAD")
    got = run(["bump", "--commit", "--tag"])
    assert got.exit == 2
    assert got.stderr.startswith("error: git tag failed")
    assert "help: nothing has been released; " in got.stderr
    assert (state(root), asked(root, "rev-parse", "HEAD")) == (before, commits)
    assert asked(root, "status", "--porcelain") == ""
    assert asked(root, "tag", "--list") == "web-1.2.0\n"


@pytest.mark.parametrize("name", ["pre-commit", "post-commit"])
def test_an_interrupted_commit_leaves_no_lock_behind(root: Path, name: str) -> None:
    break_selector(root)
    commit(root, "change")
    hook(root, name, "touch ../reached\nsleep 30 > /dev/null 2>&1")
    before = state(root)
    commits = asked(root, "rev-parse", "HEAD")
    process = subprocess.Popen([sys.executable, "-m", "chartgen", "bump", "--commit", "--tag"], stderr=subprocess.PIPE)
    while not (root.parent / "reached").exists():
        assert process.poll() is None
        time.sleep(0.05)
    process.terminate()
    assert process.communicate(timeout=20)[1].endswith(b"error: interrupted\n")
    assert process.returncode == 2
    assert (state(root), asked(root, "rev-parse", "HEAD")) == (before, commits)
    assert asked(root, "status", "--porcelain") == ""
    assert not list((root / ".git").glob("*.lock"))


def test_what_is_not_committed_keeps_a_commit_from_being_made(root: Path) -> None:
    break_selector(root)
    before = state(root)
    got = run(["bump", "--commit"])
    assert got.exit == 2
    assert got.stderr == (
        "error: charts/web/templates/deployment.yaml would not be in the commit as it is here\n"
        "  help: commit what the release is to hold first\n"
    )
    assert state(root) == before


def test_a_tag_that_is_there_keeps_everything_from_being_done(root: Path) -> None:
    break_selector(root)
    commit(root, "change")
    git(root, "checkout", "-q", "-b", "side")
    git(root, "commit", "-q", "--allow-empty", "-m", "elsewhere")
    git(root, "tag", "web-2.0.0")
    git(root, "checkout", "-q", "main")
    before = state(root)
    got = run(["bump", "--commit", "--tag"])
    assert (got.exit, state(root)) == (2, before)
    assert got.stderr.startswith("error: there is a tag 'web-2.0.0' already\n")


def test_pre_releases_count_up_and_end(root: Path) -> None:
    write(root, "charts/web/values.yaml", "level: info", "level: debug")
    write(root, "charts/web/templates/deployment.yaml", "name: web, image", "name: web, env: [], image")
    assert "-> 2.0.0-rc.1" in ok("major", "--pre", "rc").stdout
    assert '  artifacthub.io/prerelease: "true"\n' in (root / "charts/web/Chart.yaml").read_text()
    assert "Version-2.0.0--rc.1-" in (root / "charts/web/README.md").read_text()
    commit(root, "rc")
    git(root, "tag", "web-2.0.0-rc.1")
    assert "web 2.0.0-rc.1 -> 2.0.0-rc.2" in ok("--pre", "rc").stdout
    assert "web 2.0.0-rc.2 -> 2.0.0" in ok().stdout
    assert '  artifacthub.io/prerelease: "false"\n' in (root / "charts/web/Chart.yaml").read_text()
    assert (root / "charts/web/README.md").read_text() == README.replace("1.2.0", "2.0.0")


def test_another_version_of_the_application(root: Path) -> None:
    got = ok("--app-version", "1.1.0", "charts/web")
    assert got.stdout.startswith("web 1.2.0 -> 1.")
    assert 'appVersion: "1.1.0"\n' in (root / "charts/web/Chart.yaml").read_text()
    assert (root / "charts/web/values.yaml").read_text() == 'image:\n  tag: "1.1.0"  # app\nlevel: info\n'


def test_the_table_of_values_follows_where_it_was_current(root: Path) -> None:
    readme = root / "charts/web/README.md"
    readme.write_text(README + "\n<!-- chartgen:values -->\n<!-- /chartgen:values -->\n")
    ok("--app-version", "1.1.0", "--set", "1.3.0")
    assert "1.1.0" not in readme.read_text(), "what was out of date stays so"
    assert run(["docs", "charts/web"]).exit == 0
    ok("--app-version", "1.2.0", "--set", "1.4.0")
    assert '`"1.2.0"`' in readme.read_text()
    assert run(["docs", "charts/web", "--check"]).exit == 0


def test_what_people_wrote_comes_first(root: Path) -> None:
    write(root, "charts/web/CHANGELOG.md", "## [Unreleased]\n", "## [Unreleased]\n\n### Fixed\n\n- By hand\n")
    write(root, "charts/web/values.yaml", "level: info", "level: debug")
    ok()
    changelog = (root / "charts/web/CHANGELOG.md").read_text()
    assert re.search(
        r"## \[Unreleased\]\n\n## \[1\.\d\.\d\] - \S+\n\n### Fixed\n\n- By hand\n\n## \[1\.2\.0\]", changelog
    )


def test_commits_are_listed_when_wished(root: Path) -> None:
    write(root, "charts/web/values.yaml", "level: info", "level: debug")
    commit(root, "web: talk more")
    ok("--commits")
    short = asked(root, "rev-parse", "--short", "HEAD").strip()
    assert f"- web: talk more ({short})\n" in (root / "charts/web/CHANGELOG.md").read_text()


def test_levels_are_those_of_the_policy_file(root: Path) -> None:
    break_selector(root)
    (root / ".chartgen.yaml").write_text("release:\n  levels:\n    selector-changed: patch\n")
    got = ok("--format", "json")
    assert json.loads(got.stdout)["charts"][0]["required"] == "patch"
    assert got.stderr.startswith("levels of .chartgen.yaml: selector-changed: patch\n")
    (root / ".chartgen.yaml").write_text("release:\n  levels:\n    selector-chnged: patch\n")
    got = run(["bump"])
    assert got.exit == 2
    assert "unknown judgement 'selector-chnged'" in got.stderr


def test_without_a_tag_the_commit_that_set_the_version_counts(root: Path) -> None:
    git(root, "tag", "-d", "web-1.2.0")
    first = asked(root, "rev-parse", "HEAD").strip()[:12]
    write(root, "charts/web/values.yaml", "level: info", "level: debug")
    commit(root, "edit")
    assert f"since 1.2.0 (commit {first})" in ok().stdout
    commit(root, "bumped")
    assert "stays: none since" in ok().stdout
    git(root, "mv", "charts/web", "moved")
    commit(root, "moved")
    assert "stays: none since" in ok().stdout


@pytest.mark.parametrize("tag", ["v1.2.0", "1.2.0", "web/v1.2.0", "helm-chart-1.2.0", "web@1.2.0"])
def test_tags_of_several_forms(root: Path, tag: str) -> None:
    git(root, "tag", "-d", "web-1.2.0")
    git(root, "tag", tag)
    write(root, "charts/web/values.yaml", "level: info", "level: debug")
    commit(root, "edit")
    for other in ("v9.9.9", "web-9.9.9-a.", "x1.2.3", "web-1.2.3.4", "web-99999999999999999999.0.0", "web-9.9.9+"):
        git(root, "tag", other.rstrip("."))
    assert f"since 1.2.0 (tag {tag})" in ok().stdout


def test_a_level_stands_in_front(root: Path) -> None:
    for arguments in (["charts/web", "minor"], ["auto", "minor", "charts/web"]):
        got = run(["bump", *arguments])
        assert (got.exit, got.stderr) == (
            2,
            "error: 'minor' is no chart\n  help: one level, and first: chartgen bump minor charts/web\n",
        )


@pytest.mark.parametrize("tag", ["api-1.2.0", "api/v1.2.0", "charts/api-1.2.0", "helm-api-1.2.0", "web-api-1.2.0"])
def test_a_tag_of_another_chart_tells_nothing(root: Path, tag: str) -> None:
    git(root, "tag", "-d", "web-1.2.0")
    for name in ("api", "web-api"):
        shutil.copytree(root / "charts/web", root / "charts" / name)
        write(root, f"charts/{name}/Chart.yaml", "name: web", f"name: {name}")
    write(root, "charts/web/values.yaml", "level: info", "level: debug")
    commit(root, "others, and an edit")
    git(root, "tag", tag)
    assert "web 1.2.0 -> 1.3.0: minor since 1.2.0 (commit " in ok("charts/web").stdout


def test_what_is_in_a_submodule_is_released_there(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = root / "vendor" / "inner"
    git(tmp_path, "clone", "-q", str(root), str(inner))
    git(root, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(root), "vendor/inner")
    for name in ("user.name", "user.email"):
        git(inner, "config", name, "a")
    write(root, "charts/web/values.yaml", "level: info", "level: debug")
    git(inner, "checkout", "-q", "-b", "topic")
    write(inner, "charts/web/values.yaml", "level: info", "level: error")
    for place in (inner, root):
        git(place, "commit", "-q", "-a", "-m", "edit")
    git(root, "submodule", "absorbgitdirs")
    assert run(["diff", "git:web-1.2.0", "git:HEAD"]).exit == 0
    got = ok("--commit")
    assert "web 1.2.0 -> 1.3.0: minor since 1.2.0 (tag web-1.2.0)" in got.stdout
    assert got.stderr.startswith("left out vendor/inner/charts/web, in a repository of its own\n")
    assert run(["bump", "charts/web", "vendor/inner/charts/web"]).stderr.startswith("error: ")
    gated = run(["gate", "--against", "HEAD~1", "--skip", "lint-worse", "--skip", "changelog-missing"])
    assert (gated.exit, "1 chart of 1 has changed" in gated.stderr) == (0, True)
    monkeypatch.chdir(inner)
    assert run(["diff", "git:web-1.2.0", "git:HEAD", "--format", "concise", "--fail-on", "minor"]).exit == 1
    assert "web 1.2.0 -> 1.3.0: minor since 1.2.0 (tag web-1.2.0)" in ok("--commit", "--tag").stdout
    assert asked(inner, "tag", "--points-at", "HEAD") == "web-1.3.0\n"
    monkeypatch.chdir(inner.parent)
    assert "are in other repositories" in run(["bump"]).stderr


def test_a_detached_head_is_as_good(root: Path) -> None:
    break_selector(root)
    commit(root, "change")
    git(root, "checkout", "-q", "--detach")
    ok("--commit", "--tag")
    assert "stays: none since 2.0.0 (tag web-2.0.0)" in ok().stdout


def test_a_shallow_clone_says_what_to_fetch(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "charts/web/values.yaml", "level: info", "level: debug")
    commit(root, "edit")
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-tags", root.as_uri(), "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    got = run(["bump"])
    assert got.exit == 2
    assert "does not reach back to the last release of 'charts/web'" in got.stderr
    assert "git fetch --unshallow --tags origin" in got.stderr


def test_outside_a_repository_a_package_is_compared_with(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(root / "charts" / "web", tmp_path / "alone" / "web")
    monkeypatch.chdir(tmp_path / "alone")
    got = ok("web")
    assert got.stdout == "web 1.2.0 stays: no earlier release\n"
    assert "web: nothing tells its last release; --against names it\n" in got.stderr
    assert run(["bump", "web", "--against", "main"]).exit == 2
    assert "web 1.2.0 -> 1.3.0" in ok("minor", "web").stdout
    subprocess.run(["tar", "czf", "web-1.2.0.tgz", "-C", str(root / "charts"), "web"], check=True)
    assert "web 1.3.0 stays: patch since 1.2.0 (web-1.2.0.tgz)" in ok("web", "--against", "{name}-1.2.0.tgz").stdout


def test_without_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "web 1.2.0 -> 1.3.0" in ok("minor", "charts/web").stdout
    got = run(["bump", "--commit", "minor"])
    assert got.exit == 2
    assert "needs git" in got.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--set", "2.0.0", "minor"], "--set names the whole version"),
        (["minor", "--set", "2.0.0"], "--set names the whole version"),
        (["--dry-run", "--commit"], "--dry-run writes nothing that could be committed"),
        (["minor", "--tag"], "--tag tags a commit, and the edits are in none yet"),
        (["--spec", "a", "--no-spec"], "--spec and --no-spec exclude each other"),
        (["charts/none"], "'charts/none' does not exist"),
        (["--against", "nope"], "there is no commit 'nope'"),
        (["--pre", "1"], "'1' cannot name a pre-release"),
        (["--set", "2"], "'2' is not a version"),
    ],
)
def test_what_cannot_be_done(root: Path, arguments: list[str], message: str) -> None:
    before = state(root)
    got = run(["bump", *arguments])
    assert got.exit == 2
    assert got.stderr.startswith(f"error: {message}") or message in got.stderr
    assert state(root) == before


def add_library(root: Path) -> None:
    """A library, and a chart that takes it in."""
    wanted = "dependencies: [{name: lib, version: 1.0.0, repository: 'file://../lib'}]\n"
    for name, text in (("lib", "type: library\nversion: 1.0.0\n"), ("app", f"version: 3.0.0\n{wanted}")):
        (root / "charts" / name / "templates").mkdir(parents=True)
        (root / "charts" / name / "Chart.yaml").write_text(f"apiVersion: v2\nname: {name}\n{text}")
    (root / "charts/lib/templates/_x.tpl").write_text('{{ define "lib.x" }}a: "1"{{ end }}\n')
    (root / "charts/app/templates/x.yaml").write_text(
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  {{ include "lib.x" . }}\n'
    )
    commit(root, "library")


def test_charts_that_take_in_another_follow_it(root: Path) -> None:
    add_library(root)
    write(root, "charts/lib/templates/_x.tpl", '"1"', '"2"')
    got = ok("charts/lib")
    lib, app = (line for line in got.stdout.splitlines() if "->" in line)
    assert lib.startswith("lib 1.0.0 -> 1.")
    assert app.startswith("app 3.0.0 -> 3.")
    version = lib.split()[3].rstrip(":")
    assert f"version: {version}, repository: 'file://../lib'" in (root / "charts/app/Chart.yaml").read_text()
    assert "web" not in got.stdout


def test_a_range_that_takes_in_the_new_version_needs_no_edit_and_one_that_does_not_is_told(root: Path) -> None:
    add_library(root)
    write(root, "charts/app/Chart.yaml", "version: 1.0.0, repo", "version: '*', repo")
    shutil.copytree(root / "charts/app", root / "charts/old")
    write(root, "charts/old/Chart.yaml", "name: app", "name: old")
    write(root, "charts/old/Chart.yaml", "'*'", "'>=1.0.0 <1.1.0'")
    commit(root, "ranges")
    write(root, "charts/lib/templates/_x.tpl", '"1"', '"2"')
    got = ok("minor", "charts/lib")
    assert "app 3.0.0 -> 3.1.0" in got.stdout
    assert "old" not in got.stdout
    assert got.stderr.startswith(
        "lib: charts/old: its dependency lib stays as it is in Chart.yaml: 1.1.0 is not in the range '>=1.0.0 <1.1.0'"
    )
    gated = json.loads(run(["gate", "--against", "HEAD", "--format", "json", "--skip", "lint-worse"]).stdout)
    assert {one["chart"]: bool(one["findings"]) for one in gated["charts"]} == {"lib": False, "app": False, "old": True}


def test_what_is_packed_already_is_said_to_be_old(root: Path) -> None:
    add_library(root)
    (root / "charts/app/charts").mkdir()
    (root / "charts/app/charts/lib-1.0.0.tgz").write_bytes(b"")
    write(root, "charts/lib/templates/_x.tpl", '"1"', '"2"')
    got = ok("minor", "charts/lib")
    assert "app: charts/lib-1.0.0.tgz is the one of before: run helm dependency update charts/app\n" in got.stderr


def test_dependencies_in_the_old_file_follow(root: Path) -> None:
    add_library(root)
    (root / "charts/app/Chart.yaml").write_text("apiVersion: v1\nname: app\nversion: 3.0.0\n")
    wanted = "dependencies:\n  - name: lib  # ours\n    version: ~1.0.0\n    repository: file://../lib\n"
    (root / "charts/app/requirements.yaml").write_text(wanted)
    commit(root, "old")
    write(root, "charts/lib/templates/_x.tpl", '"1"', '"2"')
    got = ok("minor", "charts/lib")
    assert "\napp 3.0.0 -> " in got.stdout
    assert (root / "charts/app/requirements.yaml").read_text() == wanted.replace("~1.0.0", "~1.1.0")


def test_two_charts_of_one_name(root: Path) -> None:
    shutil.copytree(root / "charts" / "web", root / "legacy" / "web")
    git(root, "tag", "-d", "web-1.2.0")
    commit(root, "twice")
    write(root, "legacy/web/values.yaml", "level: info", "level: debug")
    report = json.loads(ok("--dry-run", "--format", "json").stdout)
    Draft202012Validator(json.loads(schema_text("report.v1"))).validate(report)
    charts = report["charts"]
    assert [(one["path"], one["declared"] == one["next"]) for one in charts] == [
        ("charts/web", True),
        ("legacy/web", False),
    ]


def test_an_old_version_that_does_not_render_is_said(root: Path) -> None:
    write(root, "charts/web/templates/deployment.yaml", "kind: Deployment", 'kind: {{ fail "no" }}')
    commit(root, "broken")
    git(root, "tag", "web-1.2.1")
    write(root, "charts/web/Chart.yaml", "version: 1.2.0", "version: 1.2.1")
    commit(root, "broken")
    git(root, "tag", "-f", "web-1.2.1")
    write(root, "charts/web/templates/deployment.yaml", '{{ fail "no" }}', "Deployment")
    got = ok()
    assert "web: default: the old chart does not render: " in got.stderr
    assert "web 1.2.1 -> 1." in got.stdout


def test_broken_yaml_is_no_version(root: Path) -> None:
    (root / "charts/web/Chart.yaml").write_text("name: [web\n")
    got = run(["bump"])
    assert got.exit == 2
    assert got.stderr.startswith("error: charts/web: Chart.yaml names no chart")
    git(root, "checkout", "-q", "--", ".")
    write(root, "charts/web/Chart.yaml", "version: 1.2.0", "version: &v 1.2.0\nicon: *v")
    got = run(["bump", "minor"])
    assert got.exit == 2
    assert "charts/web/Chart.yaml cannot be edited: another place of the file repeats it" in got.stderr


def test_large_values_are_no_obstacle(root: Path) -> None:
    (root / "charts/web/values.yaml").write_text(
        "image: {tag: x}\nlevel: debug\nblob: |\n" + "  0123456789abcdef\n" * 2_000_000
    )
    got = run(["bump", "patch", "--app-version", "2.0.0"])
    assert got.exit in (0, 1), got.stderr
    assert "Traceback" not in got.stderr


def test_a_spec_is_edited_and_its_chart_made_anew(root: Path) -> None:
    (root / "app.yaml").write_text(
        "apiVersion: chartgen/v1\nname: shop # ours\nimage: ghcr.io/acme/shop:1.0.0\nport: 8080\n"
    )
    assert run(["generate", "app.yaml", "-o", "charts/shop"]).exit == 0
    commit(root, "shop")
    got = ok("minor", "charts/shop", "--app-version", "1.1.0")
    assert got.stdout.startswith("shop 0.1.0 -> 0.2.0")
    assert (root / "app.yaml").read_text() == (
        "apiVersion: chartgen/v1\nname: shop # ours\nversion: 0.2.0\nimage: ghcr.io/acme/shop:1.1.0\nport: 8080\n"
    )
    got = run(["generate", "app.yaml", "-o", "charts/shop", "--diff"])
    assert (got.exit, got.stdout) == (0, ""), "the chart is what the spec makes"
    write(root, "charts/shop/README.md", "# shop", "# our shop")
    commit(root, "edited")
    got = ok("major", "charts/shop")
    assert "shop: merged your edits in 1 file\n" in got.stderr
    assert (root / "charts/shop/README.md").read_text().startswith("# our shop\n")
    assert run(["generate", "app.yaml", "-o", "charts/shop", "--check"]).exit == 0
    shutil.rmtree(root / "charts/shop/.chartgen")
    before = state(root)
    got = run(["bump", "major", "charts/shop"])
    assert got.exit == 2
    assert "README.md would be replaced, and is not what app.yaml made" in got.stderr
    assert "first chartgen generate app.yaml -o charts/shop --force" in got.stderr
    assert state(root) == before
    ok("major", "charts/shop", "--no-spec")
    assert "version: 0.4.0\n" in (root / "charts/shop/Chart.yaml").read_text()
    (root / "app.yaml").unlink()
    got = run(["bump", "major", "charts/shop"])
    assert "there is no spec of 'shop'" in got.stderr


def test_nothing_is_left_behind(root: Path) -> None:
    break_selector(root)
    ok()
    assert [path.name for path in root.rglob("*.part")] == []
    assert not (root / "charts/web/charts").exists()
