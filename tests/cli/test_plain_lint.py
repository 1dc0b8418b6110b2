"""``lint PATH...`` and ``diff OLD NEW`` go past the parser of the command line, and nobody can tell."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from chartgen.cli import diff
from chartgen.cli.diffing import diff_charts
from chartgen.cli.lint import command
from chartgen.cli.linting import lint_paths
from tests.cli.runner import run

CHARTS = Path(__file__).resolve().parents[1] / "charts"


@pytest.mark.parametrize("paths", [["created"], ["created", "umbrella"], ["none"], [""], []])
def test_it_says_the_same_with_the_parser_and_without(paths: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHARTS)

    assert run(["lint", *paths]) == run(["lint", "--fail-on", "error", *paths])


@pytest.mark.parametrize("sides", [["created", "umbrella"], ["created", "none"], ["", "created"], ["created", ""]])
def test_a_diff_says_the_same_with_the_parser_and_without(sides: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHARTS)

    assert run(["diff", *sides]) == run(["diff", "--fail-on", "never", *sides])


def test_the_defaults_of_a_diff_are_those_of_the_command_line() -> None:
    parsed = {name: parameter.default for name, parameter in inspect.signature(diff.command).parameters.items()}
    plain = inspect.signature(diff_charts).parameters
    own = [name for name in plain if plain[name].kind is inspect.Parameter.KEYWORD_ONLY]

    assert own
    assert {name: plain[name].default or None for name in own} == {name: parsed[name] or None for name in own}


def test_the_defaults_are_those_of_the_command_line() -> None:
    parsed = {name: parameter.default for name, parameter in inspect.signature(command).parameters.items()}
    parsed["cache"] = not parsed["no_cache"]
    plain = inspect.signature(lint_paths).parameters
    own = [name for name in plain if plain[name].kind is inspect.Parameter.KEYWORD_ONLY]

    assert own
    assert {name: plain[name].default or None for name in own} == {name: parsed[name] or None for name in own}
