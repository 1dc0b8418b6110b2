"""chartgen: complete Helm charts from a short app spec, and a linter that points at the template line.

The public names below are loaded on first use, so that ``import chartgen`` costs nothing that a caller does not need.
They are verbs with their object, because ``chartgen.generate`` and ``chartgen.lint`` are packages.
"""

from __future__ import annotations

__version__ = "0.1.0"

_PUBLIC = {
    "diff_charts": ("chartgen.diff.run", "diff"),
    "generate_chart": ("chartgen.generate.generate", "generate"),
    "lint_charts": ("chartgen.lint.run", "lint"),
    "load_spec": ("chartgen.spec.load", "load_spec"),
    "open_engine": ("chartgen.engine.choose", "open_engine"),
    "read_chart": ("chartgen.chart.read", "read_chart"),
    "write_chart": ("chartgen.chart.write", "write_chart"),
}

__all__ = [
    "__version__",
    "diff_charts",
    "generate_chart",
    "lint_charts",
    "load_spec",
    "open_engine",
    "read_chart",
    "write_chart",
]

TYPE_CHECKING = False  # importing it from typing would cost a third of the time that `--version` takes
if TYPE_CHECKING:
    from chartgen.chart.read import read_chart
    from chartgen.chart.write import write_chart
    from chartgen.diff.run import diff as diff_charts
    from chartgen.engine.choose import open_engine
    from chartgen.generate.generate import generate as generate_chart
    from chartgen.lint.run import lint as lint_charts
    from chartgen.spec.load import load_spec


def __getattr__(name: str) -> object:
    """Import the module of a public name when it is first asked for."""
    if name in _PUBLIC:
        from importlib import import_module

        module, own = _PUBLIC[name]
        return getattr(import_module(module), own)
    raise AttributeError(f"module 'chartgen' has no attribute {name!r}")
