"""ci/*-values.yaml: values that, together with the defaults, take every branch of every template.

chart-testing, and ``chartgen lint``, install or render the chart once with each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chartgen.generate.valuetree import Node, leaves, yaml_block

SCENARIOS = {
    "full": "Everything that can be switched on.",
    "gateway": "The Gateway API in place of an Ingress.",
    "minimal": "A single pod, and nothing that is not needed.",
}
"""The scenarios and what they are for."""


def scenario_files(nodes: Sequence[Node]) -> Iterator[tuple[str, str]]:
    """The path and text of each scenario that differs from the defaults."""
    for name, purpose in SCENARIOS.items():
        values = overlay(nodes, name)
        if values:
            yield f"ci/{name}-values.yaml", f"# {purpose}\n{yaml_block(values)}"


def overlay(nodes: Sequence[Node], scenario: str) -> dict[str, Any]:
    """The values of a scenario that differ from the defaults."""
    values: dict[str, Any] = {}
    for path, key in leaves(nodes):
        if scenario not in key.ci or key.ci[scenario] == key.value:
            continue
        inner = values
        for name in path[:-1]:
            inner = inner.setdefault(name, {})
        inner[path[-1]] = key.ci[scenario]
    return values
