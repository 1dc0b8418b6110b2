"""Public modules, classes and functions explain themselves, and modules stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import chartgen

PACKAGE = Path(chartgen.__file__).parent
LONGEST = 320
"""Lines of a module. Most are under 200; one that does not fit in the head is two."""
GENERATED = "rules/index.py"
"""A table, which nobody reads."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_everything_public_has_a_docstring() -> None:
    missing = []
    for name, tree in modules():
        if not ast.get_docstring(tree):
            missing.append(name)
        for node in _public(tree):
            if not ast.get_docstring(node):
                missing.append(f"{name}: {node.name}")
    assert missing == []


def _public(tree: ast.AST) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                for inner in _public(node):
                    # A rule's check and an engine's methods are explained where they are defined first.
                    if not isinstance(inner, ast.FunctionDef) or not _overrides(node):
                        yield inner


def _overrides(node: ast.ClassDef) -> bool:
    return bool(node.bases)


def test_modules_fit_in_the_head() -> None:
    long = {name: len((PACKAGE / name).read_text(encoding="utf-8").splitlines()) for name, _ in modules()}
    assert {name: lines for name, lines in long.items() if lines > LONGEST and name != GENERATED} == {}


def test_the_public_names_are_functions_whatever_else_was_imported() -> None:
    import chartgen.generate.generate
    import chartgen.lint.run

    for name in set(chartgen.__all__) - {"__version__"}:
        assert callable(getattr(chartgen, name)), name
    with pytest.raises(AttributeError, match=r"^module 'chartgen' has no attribute 'nope'$"):
        chartgen.nope  # noqa: B018


def test_no_file_names_the_folder_it_was_written_in() -> None:
    root = PACKAGE.parent
    folders = (".ci", "benchmarks", "chart-templates", "chartgen", "charts-output", "examples", "schemas", "tests")
    files = [path for path in root.iterdir() if path.is_file()]
    files += [path for name in folders for path in (root / name).rglob("*") if path.is_file()]
    found = []
    for path in files:
        if "__pycache__" not in path.parts and f"{root}/".encode() in path.read_bytes():
            found.append(path.relative_to(root).as_posix())
    assert found == []
