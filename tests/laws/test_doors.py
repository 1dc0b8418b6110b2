"""One third-party package, one door; and a command line that starts without what it does not need."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import chartgen

PACKAGE = Path(chartgen.__file__).parent

DOORS = {
    "typer": "cli/",
    "jinja2": "generate/jinja.py",
    "jsonschema": "jsonschemas.py",
    "jsonschema_specifications": "jsonschemas.py",
    "referencing": "jsonschemas.py",
    "yaml": "libyaml.py",
    "ruamel": "yamlwrite.py",
    "semver": "version.py",
    "helm_python": "engine/",
    "cel_expr_python": "kube/cel/door.py",
}
"""Package -> the module, or the folder, that alone imports it."""


def test_each_package_has_one_door() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                roots = {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                roots = {(node.module or "").split(".")[0]}
            else:
                continue
            for root in roots - set(sys.stdlib_module_names) - {"chartgen"}:
                if root not in DOORS:
                    wrong.append(f"{name}:{node.lineno} imports {root}, which has no door")
                elif not name.startswith(DOORS[root]):
                    wrong.append(f"{name}:{node.lineno} imports {root}; its door is {DOORS[root]}")
    assert wrong == []


HEAVY = (
    "jinja2",
    "jsonschema",
    "ruamel",
    "yaml",
    "rich",
    "helm_python",
    "cel_expr_python",
    "semver",
    "json",
    "asyncio",
    "importlib.metadata",
)


def test_the_command_line_starts_without_what_it_does_not_need() -> None:
    assert _imported("import chartgen.cli.app, chartgen.cli.lint, chartgen.cli.generate", HEAVY) == []


def test_the_version_is_answered_without_the_command_line() -> None:
    code = "from chartgen.__main__ import main; main(['--version'])"
    assert _imported(code, ("typer", "typing", "re", "inspect", "pathlib", *HEAVY)) == []


@pytest.mark.parametrize(
    ("door", "packages"),
    [
        ("chartgen.spec.load", ("jinja2", "typer", "helm_python")),
        ("chartgen.rules.base", ("typer", "jsonschema", "jinja2")),
    ],
    ids=["spec", "rules"],
)
def test_the_core_does_not_know_the_command_line(door: str, packages: tuple[str, ...]) -> None:
    assert _imported(f"import {door}", packages) == []


def _imported(code: str, modules: tuple[str, ...]) -> list[str]:
    """Which of these modules a fresh Python has after running some code."""
    script = f"{code}\nimport sys\nprint('loaded:', *[name for name in {modules!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, encoding="utf-8", check=True)
    return done.stdout.rpartition("loaded:")[2].split()
