"""Dependencies that a chart declares and does not have in ``charts/``.

Helm's command refuses such a chart outright. One whose missing dependencies are all switched off by their conditions
renders as it would with them, so it is rendered: a chart fresh from its repository can be linted.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.engine.api import Failure
from chartgen.errors import InvalidInput
from chartgen.tuples import NamedTuple


class Missing(NamedTuple):
    """The names of missing dependencies, what Helm says of them, and whether the values switch all of them off."""

    names: tuple[str, ...]
    failure: Failure
    switched_off: bool


def missing(chart: Chart, values: Mapping[str, Any]) -> Missing | None:
    """What is missing under ``charts/``, or None. ``values`` are those laid over the chart's own."""
    declared = [*_declared(chart.metadata), *_declared(metadata(chart.files.get("requirements.yaml", b"")))]
    if not declared:
        return None
    present = _present(chart)
    absent = [item for item in declared if item["name"] not in present]
    if not absent:
        return None
    names = tuple(str(item["name"]) for item in absent)
    message = (
        "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch "
        f"missing dependencies: found in Chart.yaml, but missing in charts/ directory: {', '.join(names)}"
    )
    layers = [values, metadata(chart.files.get("values.yaml", b""))]
    off = all(_switched_off(item, layers) for item in absent)
    return Missing(names, Failure("constraint", message, "Chart.yaml"), off)


def _declared(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    dependencies = data.get("dependencies")
    if not isinstance(dependencies, list):
        return []
    return [item for item in dependencies if isinstance(item, dict) and isinstance(item.get("name"), str)]


def _present(chart: Chart) -> set[Any]:
    """The names of the charts under ``charts/``, from their own Chart.yaml, unpacked or not."""
    names = set()
    for path, content in chart.files.items():
        parts = path.split("/")
        if parts[0] != "charts" or len(parts) < 2 or parts[1][:1] in ("_", "."):
            continue
        if len(parts) == 3 and parts[2] == "Chart.yaml":
            names.add(_name(content))
        elif len(parts) == 2 and path.endswith(".tgz"):
            from chartgen.chart.archive import unpack

            try:
                names.add(_name(unpack(content, path).get("Chart.yaml", b"")))
            except InvalidInput:
                continue  # the render says what is wrong with the archive
    return names


@lru_cache(maxsize=256)  # a chart is rendered several times
def _name(content: bytes) -> str | None:
    """The name in a Chart.yaml, if it has one."""
    name = metadata(content).get("name")
    return name if isinstance(name, str) else None


def _switched_off(item: Mapping[str, Any], layers: list[Mapping[str, Any]]) -> bool:
    """Whether the first condition that the values answer says no, or, without one, all tags that they answer.

    What only the missing chart's own values could answer counts as switched on.
    """
    for condition in str(item.get("condition") or "").split(","):
        answer = _lookup(layers, condition.strip().split(".")) if condition.strip() else None
        if isinstance(answer, bool):
            return not answer
    tags = item.get("tags")
    answers = [_lookup(layers, ["tags", str(tag)]) for tag in tags] if isinstance(tags, list) else []
    return False in answers and True not in answers


def _lookup(layers: list[Mapping[str, Any]], path: list[str]) -> Any:
    for layer in layers:
        value: Any = layer
        for part in path:
            value = value.get(part) if isinstance(value, Mapping) else None
        if value is not None:
            return value
    return None
