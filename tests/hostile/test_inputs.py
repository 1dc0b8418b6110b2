"""Manifests on standard input, policy files and schemas that blow up: a finding or an error in words, in no time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.case import chart
from tests.hostile.objects import HEAD
from tests.hostile.values import laughs, merges, nested, schema_text
from tests.unit.engine_support import needs_library

LINT = [sys.executable, "-c", "from chartgen.__main__ import script; script()", "lint", "--no-cache"]
SECONDS = 60
"""Each takes a fraction of a second of a processor that nobody else uses."""


def lint(folder: Path, *arguments: str, text: str | bytes = "") -> subprocess.CompletedProcess[str]:
    """Run chartgen in a folder with a text on its standard input."""
    ended = subprocess.run(
        [*LINT, *arguments, "--format", "concise"],
        cwd=folder,
        input=text.encode() if isinstance(text, str) else text,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    return subprocess.CompletedProcess(ended.args, ended.returncode, ended.stdout.decode(), ended.stderr.decode())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(HEAD + laughs(), "aliases expand to more than 500,000 nodes", id="aliases"),
        pytest.param(HEAD + merges(), "aliases expand to more than 500,000 nodes", id="merges"),
        pytest.param(HEAD + nested(), "nesting depth", id="brackets"),
        pytest.param('{"a":' * 20_000, "nested deeper than 200 levels", id="braces"),
        pytest.param("a: &a [*a]\n", "anchor 'a' contains itself", id="an alias in itself"),
        pytest.param(b"a: \0", "control characters are not allowed", id="nul"),
    ],
)
def test_manifests_that_blow_up_are_no_yaml(text: str | bytes, said: str, tmp_path: Path) -> None:
    ended = lint(tmp_path, "-", "--no-config", text=text)
    assert ended.returncode == 1
    assert "[broken-yaml]" in ended.stdout
    assert said in ended.stdout


@needs_library
@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(laughs() + "ignore: *a11\n", "aliases expand to more than", id="aliases"),
        pytest.param(merges(), "aliases expand to more than", id="merges"),
        pytest.param(f"ignore: {'[' * 10_000}", "nesting depth", id="brackets"),
        pytest.param("ignore: &a [*a]\n", "anchor 'a' contains itself", id="an alias in itself"),
        pytest.param("ignore: \0", "control characters are not allowed", id="nul"),
    ],
)
def test_a_policy_file_that_blows_up_is_an_error(text: str, said: str, tmp_path: Path) -> None:
    chart(HEAD)(tmp_path / "chart")
    (tmp_path / ".chartgen.yaml").write_text(text)
    ended = lint(tmp_path, "chart")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("error: ")
    assert said in ended.stderr
    assert ".chartgen.yaml" in ended.stderr


@needs_library
@pytest.mark.parametrize("text", ["rules:\n" + "  x-%d: off\n" * 20_000, "x-%d: off\n" * 20_000], ids=["rules", "keys"])
def test_of_a_great_many_problems_the_first_are_told(text: str, tmp_path: Path) -> None:
    chart(HEAD)(tmp_path / "chart")
    (tmp_path / ".chartgen.yaml").write_text(text % tuple(range(20_000)))
    ended = lint(tmp_path, "chart")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.count("error: unknown") == 100
    assert ended.stderr.endswith("\n\nand 19,900 more\n")


@needs_library
@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"allOf": [' * 10_000 + "{}" + "]}" * 10_000, id="ten thousand levels"),
        pytest.param('{"$ref": "#"}', id="itself"),
        pytest.param(schema_text("a-schema-in-circles"), id="circles"),
        pytest.param(schema_text("a-schema-that-doubles"), id="doubles"),
        pytest.param("[" * 100_000, id="no schema"),
    ],
)
def test_a_schema_that_blows_up_is_passed_over(text: str, tmp_path: Path) -> None:
    custom = "apiVersion: example.com/v1\nkind: A\nmetadata: {name: a}\nspec: {x: [1]}\n"
    good = {"properties": {"spec": {"properties": {"x": {"type": "string"}}}}}
    chart(custom, custom.replace("kind: A", "kind: B"))(tmp_path / "chart")
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "a-example-v1.json").write_text(text)
    (tmp_path / "schemas" / "b-example-v1.json").write_text(json.dumps(good))
    ended = lint(tmp_path, "chart", "--no-config", "--schema-location", "schemas")
    assert ended.returncode == 1
    assert "B/a: spec.x is a list, where text is expected [invalid-field]" in ended.stdout
    assert "A/a" not in ended.stdout
