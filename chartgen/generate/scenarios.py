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
    "balancer": "A load balancer in place of an Ingress.",
    "outside": "What the application needs comes from elsewhere.",
    "minimal": "A single pod, and nothing that is not needed.",
}
"""The scenarios and what they are for."""


def scenario_files(nodes: Sequence[Node]) -> Iterator[tuple[str, str]]:
    """The path and text of each scenario that differs from the defaults."""
    overlays: dict[str, dict[str, Any]] = {name: {} for name in SCENARIOS}
    for path, key in leaves(nodes):
        for name, value in key.ci.items():
            if value != key.value:
                _set(overlays[name], path, value)
    for name, purpose in SCENARIOS.items():
        if overlays[name]:
            yield f"ci/{name}-values.yaml", f"# {purpose}\n{yaml_block(overlays[name])}"


def _set(values: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for name in path[:-1]:
        values = values.setdefault(name, {})
    values[path[-1]] = value
