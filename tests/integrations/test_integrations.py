"""What users copy into their CI parses, means something to the command line, and does what it says when it is run."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from chartgen import __version__
from chartgen.cli.app import COMMANDS, build
from chartgen.cli.terminal import Terminal
from chartgen.yamlread import read

ROOT = Path(__file__).resolve().parents[2]
INTEGRATIONS = ROOT / "integrations"
CI = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")

CHART = """\
apiVersion: v2
name: web
version: 1.0.0
"""
POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:latest
"""


def loaded(path: Path) -> Any:
    return read(path.read_text(encoding="utf-8")).data


HOOKS = loaded(ROOT / ".pre-commit-hooks.yaml")
ACTION = loaded(INTEGRATIONS / "github/action.yml")
GITLAB = loaded(INTEGRATIONS / "gitlab/chartgen.gitlab-ci.yml")
CONTAINERFILE = (INTEGRATIONS / "container/Containerfile").read_text(encoding="utf-8")

(GITLAB_COMMAND,) = GITLAB["chartgen"]["script"]
LINT_STEP = next(step for step in ACTION["runs"]["steps"] if step.get("name") == "Lint")


def commands() -> list[str]:
    """Every command line of ours in docs/ci.md, and those of the integrations as they are without settings."""
    lines = re.findall(r"^\$ (?:[^|\n]*\| )?(chartgen .*)$", CI, re.MULTILINE)
    inline = re.findall(r"`(chartgen [^`]*)`", CI)
    inside = [line.partition(" chartgen ")[2] for line in CI.splitlines() if line.startswith("$ podman run")]
    with_settings = GITLAB_COMMAND.replace("$CHARTGEN_OPTIONS", "").replace("$CHARTGEN_PATHS", ".")
    hooks = [hook["entry"] for hook in HOOKS]
    return [*lines, *inline, *(f"chartgen {line}" for line in inside), with_settings, *hooks]


@pytest.mark.parametrize("line", commands())
def test_the_command_line_understands_it(line: str) -> None:
    name, command, *arguments = shlex.split(line)
    assert name == "chartgen"
    group: Any = typer.main.get_command(build(COMMANDS))
    group.commands[command].make_context(command, arguments, obj=Terminal())


def test_a_line_that_is_wrong_would_be_found() -> None:
    group: Any = typer.main.get_command(build(COMMANDS))
    with pytest.raises(Exception, match="No such option"):
        group.commands["lint"].make_context("lint", ["--nope"], obj=Terminal())


def test_the_documentation_says_what_there_is() -> None:
    assert f"@v{__version__}" in CI
    assert f"rev: v{__version__}" in CI
    for hook in re.findall(r"\bid: ([\w-]+)", CI):
        assert hook in {known["id"] for known in HOOKS}
    for path in re.findall(r"integrations/[\w./-]*\w", CI):
        assert (ROOT / path).exists(), path
    for name in ACTION["inputs"]:
        assert re.fullmatch(r"[a-z-]+", name)
    for used in re.findall(r"github@v\S+\n\s+with: \{(.*)\}", CI):
        for key in re.findall(r"([\w-]+):", re.sub(r'"[^"]*"', "", used)):
            assert key in ACTION["inputs"], key


def test_every_format_is_explained() -> None:
    from chartgen.report import FORMATS

    assert re.findall(r"^\| `(\w+)` \|", CI, re.MULTILINE) == list(FORMATS)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a chart that is found wanting, and chartgen on PATH."""
    (tmp_path / "my charts/web/templates").mkdir(parents=True)
    (tmp_path / "my charts/web/Chart.yaml").write_text(CHART)
    (tmp_path / "my charts/web/templates/pod.yaml").write_text(POD)
    programs = tmp_path / "temp/chartgen/bin"
    programs.mkdir(parents=True)
    (programs / "chartgen").write_text(f'#!/bin/sh\nexec {sys.executable} -m chartgen "$@"\n')
    (programs / "chartgen").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shell(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script as GitHub runs one with ``shell: bash``."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def action(repository: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's own step with some inputs; the others have their defaults."""
    values = {name: spec["default"] for name, spec in ACTION["inputs"].items()} | inputs
    environment = {
        name: re.sub(r"\$\{\{ inputs\.(\S+) \}\}", lambda match: values[match[1]], text)
        for name, text in LINT_STEP["env"].items()
    }
    return shell(
        LINT_STEP["run"],
        RUNNER_TEMP=str(repository / "temp"),
        GITHUB_STEP_SUMMARY=str(repository / "summary.md"),
        **environment,
    )


def test_the_github_action_annotates_summarises_and_fails(repository: Path) -> None:
    (repository / "summary.md").write_text("# before\n")
    done = action(repository, paths="\nmy charts\n", args="--select floating-image-tag", sarif="out.sarif")
    assert done.stdout.startswith("::error file=my charts/web/templates/pod.yaml,line=8,")
    assert done.returncode == 1, done.stderr
    assert (repository / "summary.md").read_text().startswith("# before\n## chartgen\n\n1 finding (1 error)")
    assert json.loads((repository / "out.sarif").read_text())["version"] == "2.1.0"


def test_the_github_action_passes_what_is_good(repository: Path) -> None:
    done = action(repository, paths="my charts", args="--select privileged-container")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_the_github_action_runs_nothing_that_an_input_says(repository: Path) -> None:
    done = action(repository, paths='$(touch ran)`touch ran`;touch ran\n"; touch ran', args="$(touch ran)")
    assert done.returncode == 2
    assert not (repository / "ran").exists()


def test_the_github_action_says_what_it_cannot_do(repository: Path) -> None:
    done = action(repository, since="main")
    assert done.returncode == 2
    assert "is not in a git repository" in done.stderr
    assert not (repository / "summary.md").exists()


def test_nothing_of_an_input_is_part_of_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_the_gitlab_template_writes_what_it_says(repository: Path) -> None:
    job = GITLAB["chartgen"]
    variables = {**job["variables"], "CHARTGEN_OPTIONS": "--select floating-image-tag", "CHARTGEN_PATHS": "."}
    done = shell(GITLAB_COMMAND, **variables)
    assert done.returncode == 1, done.stderr
    assert "error[floating-image-tag]" in done.stdout
    reports = job["artifacts"]["reports"]
    assert job["artifacts"]["when"] == "always"
    (entry,) = json.loads((repository / reports["codequality"]).read_text())
    assert entry["location"] == {"path": "my charts/web/templates/pod.yaml", "lines": {"begin": 8, "end": 8}}
    assert (repository / reports["junit"]).read_text().count("<failure") == 1


def test_the_gitlab_template_has_git_where_the_image_has_none(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "apt-get").write_text('#!/bin/sh\necho "$@"\n')
    (programs / "apt-get").chmod(0o755)
    (programs / "bash").symlink_to("/bin/bash")
    line = GITLAB["chartgen"]["before_script"][0]
    assert shell(line, PATH=str(programs)).stdout == "update -qq\ninstall -y -qq --no-install-recommends git\n"
    assert shell(line).stdout == "", "it is there"


def test_the_gitlab_template_works_as_it_is(repository: Path) -> None:
    assert shell(GITLAB_COMMAND, **GITLAB["chartgen"]["variables"]).returncode in (0, 1)


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_a_hook_runs_when_a_chart_changes(hook: dict[str, Any]) -> None:
    files = re.compile(hook["files"])
    for path in (
        "Chart.yaml",
        "charts/web/Chart.yaml",
        "web/values-prod.yaml",
        "web/templates/_helpers.tpl",
        "web/ci/x-values.yaml",
        "web/values.schema.json",
        ".chartgen.yaml",
    ):
        assert files.search(path), path
    for path in ("README.md", "src/main.go", "mytemplates/x.yaml", "Chart.yaml.md"):
        assert not files.search(path), path
    assert hook["pass_filenames"] is False
    assert hook["language"] == "python"


def test_the_container_is_made_of_what_there_is() -> None:
    copied = re.findall(r"^COPY (?!--from)(.*) \S+$", CONTAINERFILE, re.MULTILINE)
    for path in " ".join(copied).split():
        assert (ROOT / path).exists(), path
    assert json.loads(re.findall(r"^ENTRYPOINT (.*)$", CONTAINERFILE, re.MULTILINE)[0]) == ["chartgen"]
    assert json.loads(re.findall(r"^CMD (.*)$", CONTAINERFILE, re.MULTILINE)[0])[0] in COMMANDS
    assert re.search(r"^USER (?!0|root)", CONTAINERFILE, re.MULTILINE)
