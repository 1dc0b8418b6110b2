"""chartgen: complete Helm charts from a short app spec, and a linter that points at the template line.

The public names below are loaded on first use, so that ``import chartgen`` costs nothing that a caller does not need.
"""

from __future__ import annotations

__version__ = "0.1.0"

_PUBLIC = {
    "load_spec": "chartgen.spec.load",
    "generate": "chartgen.generate.generate",
    "lint": "chartgen.lint.run",
}

__all__ = ["__version__", "generate", "lint", "load_spec"]

TYPE_CHECKING = False  # importing it from typing would cost a third of the time that `--version` takes
if TYPE_CHECKING:
    from chartgen.generate.generate import generate
    from chartgen.lint.run import lint
    from chartgen.spec.load import load_spec


def __getattr__(name: str) -> object:
    """Import the module of a public name when it is first asked for."""
    if name in _PUBLIC:
        from importlib import import_module

        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'chartgen' has no attribute {name!r}")
