"""``gate`` from the command line, in real repositories: what passes, what does not, and the command that cures it."""

from __future__ import annotations

import json
import shlex
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chartgen.resources import schema_text
from tests.cli.runner import Run, run
from tests.cli.test_bump import add_library, break_selector, commit, root, write  # noqa: F401 - root is a fixture
from tests.unit.test_since import git

SCHEMA = Draft202012Validator(json.loads(schema_text("report.v1")))
CHART = "charts/web/Chart.yaml"
VALUES = "charts/web/values.yaml"


@pytest.fixture(autouse=True)
def topic(root: Path) -> Path:  # noqa: F811
    """The repository, on a branch that has left main; what was found before is not remembered."""
    git(root, "checkout", "-q", "-b", "topic")
    return root


def gated(*arguments: str, against: str = "main") -> list[dict[str, Any]]:
    """The charts that a gate looked at."""
    got = run(["gate", "--against", against, "--format", "json", *arguments])
    assert got.exit in (0, 1), got.stderr
    report = json.loads(got.stdout)
    SCHEMA.validate(report)
    assert report["passes"] is (got.exit == 0)
    charts: list[dict[str, Any]] = report["charts"]
    return charts


def checks(*arguments: str, against: str = "main") -> dict[str, list[str]]:
    """What was found in each chart, by folder."""
    return {
        one["path"]: [finding["check"] for finding in one["findings"]] for one in gated(*arguments, against=against)
    }


def edit(root: Path) -> None:  # noqa: F811
    write(root, VALUES, "level: info", "level: debug")


def raise_to(root: Path, version: str) -> None:  # noqa: F811
    write(root, CHART, "version: 1.2.0", f"version: {version}")
    write(root, "charts/web/CHANGELOG.md", "## [1.2.0]", f"## [{version}] - 2026-01-02\n\n- y\n\n## [1.2.0]")


def test_nothing_has_changed(topic: Path) -> None:
    got = run(["gate", "--against", "main"])
    assert (got.stdout, got.stderr, got.exit) == ("", "no charts changed since main\n", 0)


def test_what_is_raised_by_enough_passes(topic: Path) -> None:
    edit(topic)
    raise_to(topic, "1.3.0")
    got = run(["gate", "--against", "main"])
    assert got.exit == 0, got.stdout
    lines = got.stdout.splitlines()
    assert lines[0] == "chart       version         requires  verdict"
    assert lines[1].split() == ["charts/web", "1.2.0", "->", "1.3.0", "minor", "ok"]
    assert got.stderr == "\n1 chart of 1 has changed since main: it may be released\n"


def test_what_is_not_raised_does_not_pass_and_the_command_cures_it(topic: Path) -> None:
    break_selector(topic)
    got = run(["gate", "--against", "main"])
    assert got.exit == 1
    assert (
        "error[version-not-raised]: web: the version is still 1.2.0; what has changed requires major, 2.0.0"
        in got.stdout
    )
    assert " 3 | version: 1.2.0   # the chart's own\n" in got.stdout
    command = got.stderr.splitlines()[-1].removeprefix("run: ")
    assert command == "chartgen bump charts/web --against main"
    assert run(shlex.split(command)[1:]).exit == 0
    assert checks() == {"charts/web": []}


def test_many_charts_are_not_named_one_by_one(topic: Path) -> None:
    for number in range(11):
        shutil.copytree(topic / "charts/web", topic / f"charts/web-{number}")
        write(topic, f"charts/web-{number}/Chart.yaml", "name: web", f"name: web-{number}")
    commit(topic, "many")
    for number in range(11):
        write(topic, f"charts/web-{number}/values.yaml", "level: info", "level: debug")
    got = run(["gate", "--against", "HEAD"])
    assert got.stderr.endswith("run: chartgen bump charts --against HEAD\n")


def test_what_is_raised_by_too_little_does_not_pass(topic: Path) -> None:
    break_selector(topic)
    raise_to(topic, "1.3.0")
    (one,) = gated()
    assert (one["required"], one["next"], [finding["check"] for finding in one["findings"]]) == (
        "major", "2.0.0", ["version-too-small"],
    )  # fmt: skip
    write(topic, CHART, "annotations:\n", 'annotations:\n  chartgen.dev/allow-breaking: "1.3.0: nobody uses it"\n')
    (one,) = gated()
    assert (one["passes"], one["allowed"]) == (True, "nobody uses it")
    write(topic, CHART, "1.3.0: nobody", "1.2.9: nobody")
    assert checks() == {"charts/web": ["version-too-small"]}
    write(topic, "charts/web/CHANGELOG.md", "- y\n", "- **Breaking:** Released although it breaks: all agreed\n")
    (one,) = gated()
    assert (one["passes"], one["allowed"]) == (True, "all agreed")


def test_several_changes_since_the_branch_add_up(topic: Path) -> None:
    edit(topic)
    raise_to(topic, "1.3.0")
    commit(topic, "one")
    break_selector(topic)
    assert checks() == {"charts/web": ["version-too-small"]}
    assert checks(against="HEAD") == {"charts/web": ["version-not-raised"]}


@pytest.mark.parametrize(
    ("version", "found"),
    [
        ("1.1.0", ["version-lowered", "changelog-missing"]),
        ("1.2", ["version-invalid", "changelog-missing"]),
        ("1.2.0+5", ["version-not-raised", "changelog-missing"]),
        ("1.3.0-rc.1", ["changelog-missing"]),
    ],
)
def test_versions_that_are_none_or_lead_down(topic: Path, version: str, found: list[str]) -> None:
    edit(topic)
    write(topic, CHART, "version: 1.2.0", f"version: {version}")
    assert checks("--skip", "lint-worse") == {"charts/web": found}


def test_what_is_not_packaged_asks_for_nothing(topic: Path) -> None:
    write(topic, "charts/web/CHANGELOG.md", "- x", "- x and y")
    assert checks() == {}


def test_a_changelog_has_to_tell_of_the_version(topic: Path) -> None:
    edit(topic)
    write(topic, CHART, "version: 1.2.0", "version: 1.3.0")
    assert checks() == {"charts/web": ["changelog-missing"]}
    assert checks("--skip", "changelog-missing") == {"charts/web": []}
    (topic / ".chartgen.yaml").write_text("release: {changelog: off}\n")
    assert checks() == {"charts/web": []}
    (topic / "charts/web/CHANGELOG.md").unlink()
    (topic / ".chartgen.yaml").write_text("release: {changelog: kept}\n")
    assert checks() == {"charts/web": []}
    (topic / ".chartgen.yaml").write_text("release: {changelog: required}\n")
    assert checks() == {"charts/web": ["changelog-missing"]}


def test_levels_are_those_of_the_policy_file(topic: Path) -> None:
    break_selector(topic)
    raise_to(topic, "1.2.1")
    (topic / ".chartgen.yaml").write_text("release: {levels: {selector-changed: patch}}\n")
    assert checks() == {"charts/web": []}
    got = run(["gate", "--against", "main"])
    assert "levels of .chartgen.yaml: selector-changed: patch\n" in got.stderr


def test_what_asks_for_nothing_by_the_policy_file_need_not_be_released(topic: Path) -> None:
    write(topic, "charts/web/README.md", "# web", "# Web")
    assert checks() == {"charts/web": ["version-not-raised"]}
    (topic / ".chartgen.yaml").write_text("release: {levels: {documentation-changed: none}}\n")
    assert checks() == {"charts/web": []}
    assert run(["bump", "--against", "main"]).stdout == "web 1.2.0 stays: none since 1.2.0 (main)\n"


def test_what_linting_finds_anew_does_not_pass(topic: Path) -> None:
    bad = "      containers: [{name: side, image: side:latest}, "
    write(topic, "charts/web/templates/deployment.yaml", "      containers: [", bad)
    raise_to(topic, "2.0.0")
    (topic / ".chartgen.yaml").write_text("select: [floating-image-tag]\n")
    assert checks() == {"charts/web": ["lint-worse"]}
    assert checks("--skip", "lint-worse") == {"charts/web": []}
    got = run(["gate", "--against", "main", "--format", "github"])
    assert got.stdout.startswith("::error file=charts/web/templates/deployment.yaml,line=12,")
    commit(topic, "there it is")
    git(topic, "branch", "-f", "base")
    edit(topic)
    raise_again = "version: 2.1.0"
    write(topic, CHART, "version: 2.0.0", raise_again)
    assert checks("--skip", "changelog-missing", against="base") == {"charts/web": []}, "what was there is no news"


def test_a_readme_that_was_current_has_to_stay_so(topic: Path) -> None:
    readme = topic / "charts/web/README.md"
    readme.write_text(readme.read_text() + "\n<!-- chartgen:values -->\n<!-- /chartgen:values -->\n")
    assert run(["docs", "charts/web"]).exit == 0
    commit(topic, "a table")
    git(topic, "branch", "-f", "base")
    edit(topic)
    raise_to(topic, "1.3.0")
    assert checks(against="base") == {"charts/web": ["readme-stale"]}
    assert run(["docs", "charts/web"]).exit == 0
    assert checks(against="base") == {"charts/web": []}


def test_a_schema_that_was_made_has_to_stay_current(topic: Path) -> None:
    assert run(["schema", "--values", "--write", "charts/web"]).exit == 0
    commit(topic, "a schema")
    git(topic, "branch", "-f", "base")
    write(topic, VALUES, "level: info\n", "level: info\nextra: 1\n")
    raise_to(topic, "1.3.0")
    assert checks("--skip", "lint-worse", against="base") == {"charts/web": ["schema-stale"]}
    assert run(["schema", "--values", "--write", "charts/web"]).exit == 0
    assert checks("--skip", "lint-worse", against="base") == {"charts/web": []}


def test_what_was_out_of_date_before_is_only_noted(topic: Path) -> None:
    readme = topic / "charts/web/README.md"
    readme.write_text(readme.read_text() + "\n<!-- chartgen:values -->\n<!-- /chartgen:values -->\n")
    commit(topic, "an empty table")
    git(topic, "branch", "-f", "base")
    edit(topic)
    raise_to(topic, "1.3.0")
    (one,) = gated(against="base")
    assert one["passes"]
    assert [(finding["check"], finding["severity"]) for finding in one["findings"]] == [("readme-stale", "info")]


def test_new_moved_renamed_and_removed_charts(topic: Path) -> None:
    shutil.copytree(topic / "charts/web", topic / "charts/copy")
    write(topic, "charts/copy/Chart.yaml", "name: web", "name: copy")
    (one,) = gated()
    assert (one["path"], one["state"], one["passes"], one["required"]) == ("charts/copy", "new", True, "none")
    shutil.rmtree(topic / "charts/copy")

    git(topic, "mv", "charts/web", "charts/moved")
    (one,) = gated()
    assert (one["path"], one["state"], one["origin"], one["required"]) == (
        "charts/moved",
        "moved",
        "charts/web",
        "none",
    )
    write(topic, "charts/moved/values.yaml", "level: info", "level: debug")
    assert checks() == {"charts/moved": ["version-not-raised"]}
    git(topic, "reset", "-q", "--hard")

    write(topic, CHART, "name: web", "name: site")
    (one,) = gated("--skip", "lint-worse")
    assert (one["chart"], one["state"], one["origin"], one["passes"]) == ("site", "renamed", "web", True)
    git(topic, "reset", "-q", "--hard")

    shutil.copytree(topic / "charts/web", topic / "charts/other")
    git(topic, "rm", "-q", "-r", "charts/web")
    write(topic, "charts/other/Chart.yaml", "name: web", "name: other")
    assert [(one["path"], one["state"]) for one in gated("charts")] == [
        ("charts/other", "new"),
        ("charts/web", "removed"),
    ]


def test_what_is_gone_is_told_where_it_was_looked_for(topic: Path) -> None:
    shutil.copytree(topic / "charts/web", topic / "charts/api")
    write(topic, "charts/api/Chart.yaml", "name: web", "name: api")
    commit(topic, "api")
    shutil.rmtree(topic / "charts/api")
    (gone,) = gated("charts/api", against="HEAD")
    assert (gone["chart"], gone["state"]) == ("api", "removed")
    assert [one["chart"] for one in gated("charts/web", "charts/api", against="HEAD")] == ["api"]
    assert gated("charts/web", against="HEAD") == [], "only what is named"
    shutil.rmtree(topic / "charts")
    for place in (".", "charts"):
        assert [one["chart"] for one in gated(place, against="HEAD")] == ["api", "web"]
    assert "2 charts of 2 have changed since HEAD" in run(["gate", "--against", "HEAD"]).stderr
    for place in ("charts/nothing", "chart"):
        got = run(["gate", "--against", "HEAD", place])
        assert (got.exit, got.stderr.splitlines()[0]) == (2, f"error: '{place}' does not exist")


def test_charts_that_take_in_a_changed_one_have_changed(topic: Path) -> None:
    add_library(topic)
    git(topic, "branch", "-f", "base")
    write(topic, "charts/lib/templates/_x.tpl", '"1"', '"2"')
    found = checks(against="base")
    assert list(found) == ["charts/app", "charts/lib"]
    assert all("version-not-raised" in one for one in found.values())
    got = run(["gate", "--against", "base"])
    command = got.stderr.splitlines()[-1].removeprefix("run: ")
    assert run(shlex.split(command)[1:]).exit == 0
    assert checks(against="base") == {"charts/app": [], "charts/lib": []}


def test_what_others_have_released_meanwhile_is_not_released_again(topic: Path) -> None:
    edit(topic)
    raise_to(topic, "1.3.0")
    commit(topic, "ours")
    git(topic, "checkout", "-q", "main")
    write(topic, "charts/web/README.md", "# web", "# Web")
    write(topic, CHART, "version: 1.2.0", "version: 1.3.0")
    commit(topic, "theirs")
    git(topic, "checkout", "-q", "topic")
    (one,) = gated()
    assert [finding["check"] for finding in one["findings"]] == ["version-not-raised"]
    assert one["notes"] == ["meanwhile it is 1.3.0 there"]
    assert one["next"] == "1.4.0"
    assert run(["bump", "charts/web", "--against", "main"]).exit == 0
    assert "version: 1.4.0" in (topic / CHART).read_text()


def test_a_shallow_clone_says_what_to_fetch(topic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(topic)
    commit(topic, "edit")
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "topic", topic.as_uri(), "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    got = run(["gate", "--against", "origin/main"])
    assert got.exit == 2
    assert "there is no commit 'origin/main'" in got.stderr
    assert "git fetch --unshallow --tags origin" in got.stderr
    git(tmp_path / "shallow", "fetch", "-q", "--depth", "1", "origin", "main:main")
    got = run(["gate", "--against", "main"])
    assert got.exit == 2
    assert "does not reach back to where it parted from 'main'" in got.stderr
    git(tmp_path / "shallow", "fetch", "-q", "--unshallow", "origin")
    assert checks() == {"charts/web": ["version-not-raised"]}


def test_a_detached_head_and_an_edited_tree(topic: Path) -> None:
    git(topic, "checkout", "-q", "--detach")
    edit(topic)
    git(topic, "add", "-A")
    raise_to(topic, "1.3.0")
    assert checks() == {"charts/web": []}


def test_charts_that_cannot_be_read_or_rendered(topic: Path) -> None:
    (topic / CHART).write_text("name: [web\n")
    assert checks() == {"charts/web": ["chart-unreadable"]}
    git(topic, "checkout", "-q", "--", ".")
    write(topic, "charts/web/templates/deployment.yaml", "kind: Deployment", 'kind: {{ fail "no" }}')
    raise_to(topic, "1.2.1")
    (one,) = gated("--skip", "lint-worse")
    assert any("the new chart does not render" in note for note in one["notes"])
    commit(topic, "broken")
    git(topic, "branch", "-f", "base")
    write(topic, "charts/web/templates/deployment.yaml", '{{ fail "no" }}', "Deployment")
    (one,) = gated(against="base")
    assert any("the old chart does not render" in note for note in one["notes"])
    assert [finding["check"] for finding in one["findings"]] == ["version-not-raised"]
    (topic / "charts/web/.helmignore").write_text("a**b\n")
    assert checks(against="base") == {"charts/web": ["chart-unreadable"]}


def test_below_1_0_0_a_minor_version_plays_majors_part(topic: Path) -> None:
    write(topic, CHART, "version: 1.2.0", "version: 0.4.0")
    commit(topic, "0.x")
    git(topic, "branch", "-f", "base")
    break_selector(topic)
    got = run(["gate", "--against", "base"])
    assert "what has changed requires major, which below 1.0.0 is 0.5.0 (Deployment/web: " in got.stdout
    write(topic, CHART, "version: 0.4.0", "version: 0.4.1")
    assert checks("--skip", "changelog-missing", against="base") == {"charts/web": ["version-too-small"]}
    write(topic, CHART, "version: 0.4.1", "version: 0.5.0")
    assert checks("--skip", "changelog-missing", against="base") == {"charts/web": []}


def test_large_values_are_no_obstacle(topic: Path) -> None:
    (topic / VALUES).write_text("image: {tag: x}\nlevel: debug\nblob: |\n" + "  0123456789abcdef\n" * 1_700_000)
    raise_to(topic, "2.0.0")
    (one,) = gated("--skip", "lint-worse")
    assert (one["chart"], one["after"]) == ("web", "2.0.0")
    got = run(["gate", "--against", "main"])
    assert got.exit in (0, 1)
    assert "bug in chartgen" not in got.stderr


def test_packages_among_the_charts_are_passed_over(topic: Path) -> None:
    (topic / "packages").mkdir()
    with tarfile.open(topic / "packages" / "web-1.2.0.tgz", "w:gz") as package:
        package.add(topic / "charts/web", "web")
    edit(topic)
    assert checks() == {"charts/web": ["version-not-raised"]}
    got = run(["gate", "packages", "--against", "main"])
    assert (got.exit, got.stderr.splitlines()[0]) == (2, "error: there is no chart in 'packages', only packages")


def test_what_the_policy_file_excludes_is_left_out_unless_it_is_named(topic: Path) -> None:
    edit(topic)
    shutil.copytree(topic / "charts/web", topic / "tests/web")
    (topic / ".chartgen.yaml").write_text("exclude: [tests/**]\n")
    assert checks() == {"charts/web": ["version-not-raised"]}
    assert checks("tests/web") == {"tests/web": []}
    assert "tests/web" not in run(["bump", "--against", "main", "--format", "json"]).stdout


def test_what_is_found_in_a_chart_inside_another_is_told_once(topic: Path) -> None:
    shutil.copytree(topic / "charts/web", topic / "charts/web/extras/inner")
    write(topic, "charts/web/extras/inner/Chart.yaml", "name: web", "name: inner")
    commit(topic, "inner")
    write(topic, "charts/web/extras/inner/values.yaml", 'tag: "1.0.0"', "tag: latest")
    found = checks("charts/web", "charts/web/extras/inner", "--skip", "version-not-raised", against="HEAD")
    assert found == {"charts/web": [], "charts/web/extras/inner": ["lint-worse"]}


def test_two_charts_of_one_name(topic: Path) -> None:
    shutil.copytree(topic / "charts/web", topic / "legacy/web")
    commit(topic, "twice")
    git(topic, "branch", "-f", "base")
    write(topic, "legacy/web/values.yaml", "level: info", "level: debug")
    assert checks(against="base") == {"legacy/web": ["version-not-raised"]}


def test_only_what_is_named_is_looked_at(topic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_library(topic)
    git(topic, "branch", "-f", "base")
    edit(topic)
    assert checks("charts/lib", against="base") == {}
    monkeypatch.chdir(topic / "charts" / "web")
    got = run(["gate", "--against", "base"])
    assert got.stderr.splitlines()[-1] == "run: chartgen bump . --against base"
    assert "\n  --> Chart.yaml:3:10\n" in got.stdout


FORMATS = {
    "markdown": "| `charts/web` | `1.2.0` | minor | version-not-raised<br>web: the version is still 1.2.0;",
    "github": "::error file=charts/web/Chart.yaml,line=3,endLine=3,col=10,endColumn=15,title=version-not-raised::",
    "concise": "charts/web/Chart.yaml:3:10: error: web: the version is still 1.2.0;",
    "sarif": '"ruleId": "version-not-raised"',
    "text": "charts/web  1.2.0    minor     version-not-raised",
}


@pytest.mark.parametrize("name", FORMATS)
def test_formats(topic: Path, name: str) -> None:
    edit(topic)
    got = run(["gate", "--against", "main", "--format", name])
    assert got.exit == 1
    assert FORMATS[name] in got.stdout
    assert got.stderr.endswith("run: chartgen bump charts/web --against main\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "--against names no commit"),
        (["--against", "nope"], "there is no commit 'nope'"),
        (["--against", "main", "--skip", "lint-wors"], "no check is called 'lint-wors' (did you mean 'lint-worse'?)"),
        (["--against", "main", "charts/none"], "'charts/none' does not exist"),
    ],
)
def test_what_cannot_be_done(topic: Path, arguments: list[str], message: str) -> None:
    got = run(["gate", *arguments])
    assert (got.exit, got.stdout) == (2, "")
    assert got.stderr.startswith(f"error: {message}")


def test_outside_a_repository(topic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(topic / "charts", tmp_path / "alone")
    monkeypatch.chdir(tmp_path / "alone")
    got: Run = run(["gate", "--against", "main"])
    assert (got.exit, got.stdout) == (2, "")
    assert "is not in a git repository" in got.stderr


def test_diff_takes_a_commit_for_a_chart(topic: Path) -> None:
    break_selector(topic)
    whole = run(["diff", "git:main:charts/web", "charts/web", "--format", "concise"])
    assert (whole.exit, "[selector-changed]" in whole.stdout) == (0, True)
    assert run(["diff", "git:main", "charts/web", "--format", "concise"]).stdout == whole.stdout
    got = run(["diff", "git:nope:charts/web", "charts/web"])
    assert (got.exit, got.stderr.splitlines()[0]) == (2, f"error: there is no commit 'nope' in {str(topic)!r}")
