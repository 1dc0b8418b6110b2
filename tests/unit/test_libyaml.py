"""libyaml without the rest of PyYAML, in a process of its own: here PyYAML may have been imported before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def said(code: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return result.stdout


def test_the_pure_python_half_of_pyyaml_is_not_imported() -> None:
    code = "import sys, chartgen.yamlread; print(sorted(m for m in sys.modules if m.split('.')[0] == 'yaml'))"

    assert said(code) == "['yaml._yaml', 'yaml.error', 'yaml.events', 'yaml.nodes', 'yaml.tokens']\n"


def test_pyyaml_is_whole_for_whoever_imports_it_afterwards() -> None:
    code = (
        "import chartgen.yamlread, yaml\n"
        "print(yaml.safe_load('a: [1, 2]'), yaml.load('b: x', Loader=yaml.CSafeLoader))\n"
        "print(yaml.dump({'c': 1}, Dumper=yaml.CSafeDumper).strip())\n"
        "try:\n    yaml.load('[', Loader=yaml.CSafeLoader)\n"
        "except yaml.YAMLError as error:\n    print(isinstance(error, yaml.MarkedYAMLError), error.problem_mark.line)\n"
    )

    assert said(code) == "{'a': [1, 2]} {'b': 'x'}\nc: 1\nTrue 1\n"


@pytest.mark.parametrize("first", ["", "import yaml; "])
def test_errors_are_the_same_whoever_came_first(first: str) -> None:
    code = (
        f"{first}from chartgen.yamlread import read; from chartgen.yamlscalar import YamlError\n"
        "for text in ('a: [1', 'a: b: c', '\\ta: 1', 'a: \\x07', '*x'):\n"
        "    try:\n        read(text)\n"
        "    except YamlError as error:\n        print(error.message, error.line, error.column)\n"
    )

    assert said(code) == (
        "did not find expected ',' or ']' while parsing a flow sequence 2 1\n"
        "mapping values are not allowed in this context 1 5\n"
        "found character that cannot start any token while scanning for the next token 1 1\n"
        "control characters are not allowed 1 4\n"
        "unknown anchor 'x' 1 1\n"
    )
