"""Who may import whom: lower layers never import higher ones, siblings stay apart."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import chartgen

PACKAGE = Path(chartgen.__file__).parent

LAYERS = {
    "errors": 0, "location": 0, "libyaml": 0, "nearest": 0, "absent": 0, "bytecode": 0, "tuples": 0, "processors": 0,
    "findings": 1, "fixes": 1, "changes": 1, "upgrades": 1, "gates": 1, "resources": 1, "version": 1, "jsonschemas": 1,
    "yamlread": 1, "yamlbuild": 1, "yamlquick": 1, "yamlscalar": 1, "yamlwrite": 1, "yamltree": 1, "yamlformat": 1,
    "yamledit": 1, "fielddata": 1, "cron": 1, "onefile": 1,
    "spec": 2, "chart": 2, "engine": 2, "kube": 2, "templates": 2,
    "rules": 3, "policy": 3, "compare": 3, "valuesdocs": 3,
    "generate": 4, "lint": 4, "regenerate": 4, "imports": 4, "judgements": 4,
    "diff": 5, "report": 5,
    "release": 6,
    "cli": 7, "dev": 7, "__main__": 7,
}  # fmt: skip

ALLOWED = {
    # Everyone may hold a chart, which is a value; the engine does.
    ("engine", "chart.model"),
    ("templates", "chart.model"),
    # Dependencies may be packed; the engine opens them to see what is there.
    ("engine", "chart.read"),
    ("engine", "chart.archive"),
    # A policy chooses among the rules.
    ("policy", "rules.catalogue"),
    ("policy", "rules.base"),
    # The process begins in one place, and a plain lint or diff without the parser.
    ("__main__", "cli.app"),
    ("__main__", "cli.linting"),
    ("__main__", "cli.diffing"),
    ("__main__", "cli.outcome"),
    ("__main__", "cli.terminal"),
}
"""Imports between neighbours of one layer that are meant, with the reason."""


def imports() -> Iterator[tuple[str, str, str]]:
    """(module, what it imports, where) for every import of chartgen within chartgen, lazy ones among them."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "_data" in path.parts:
            continue
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{module} imports relatively in line {node.lineno}"
                names = [node.module or ""]
                if names == ["chartgen"]:
                    names = [f"chartgen.{alias.name}" for alias in node.names]
                elif names[0].count(".") == 1:
                    # from chartgen.spec import load: the module may be the name that is imported.
                    found = [f"{names[0]}.{alias.name}" for alias in node.names]
                    names = [name if _exists(name) else names[0] for name in found]
            for name in names:
                if name.startswith("chartgen."):
                    yield module, name.removeprefix("chartgen."), f"{path.relative_to(PACKAGE.parent)}:{node.lineno}"


def _exists(name: str) -> bool:
    path = PACKAGE.joinpath(*name.split(".")[1:])
    return path.is_dir() or path.with_suffix(".py").exists()


def test_every_part_has_a_layer() -> None:
    parts = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    missing = parts - set(LAYERS) - {"__init__"}
    assert not missing, f"give {sorted(missing)} a layer in tests/laws/test_layers.py and in CONTRIBUTING.md"


def test_imports_go_down_or_stay_at_home() -> None:
    wrong = []
    for module, imported, where in imports():
        own, other = module.split(".")[0], imported.split(".")[0]
        if not own or own == "__init__" or other.startswith("__version") or own == other:
            continue
        if imported not in ("__version__",) and LAYERS[other] >= LAYERS[own] and (own, imported) not in ALLOWED:
            # Below the layers, errors and location know each other, and so do the readers and writers of layer 1.
            if LAYERS[own] <= 1 and LAYERS[other] == LAYERS[own]:
                continue
            wrong.append(f"{where}: {own} (layer {LAYERS[own]}) imports {imported} (layer {LAYERS[other]})")
    assert wrong == []


def test_what_is_allowed_is_needed() -> None:
    used = {(module.split(".")[0], imported) for module, imported, _ in imports()}
    assert set() == ALLOWED - used, "remove what is no longer needed from ALLOWED"
