"""The values under which a chart is linted.

- ``default``: the chart's own values.
- ``ci/<name>-values.yaml``: what the chart's authors test with, one scenario each (chart-testing's convention).
- ``values-<env>.yaml`` beside values.yaml: one scenario each.
- the user's ``--values`` and ``--set`` together: one more, merged in the order ``helm install`` would merge them.

Each is laid over the chart's own values, never over another scenario.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple

from chartgen.chart.model import Chart
from chartgen.location import Pointer
from chartgen.yamlread import Document, read
from chartgen.yamlscalar import YamlError

DEFAULT = "default"


class GivenValues(NamedTuple):
    """A values file the user named: the name it was given by, and what stands in it."""

    name: str
    values: Mapping[str, Any]


class Scenario(NamedTuple):
    """One set of values. ``file`` is the chart's own file they come from, or ``""``; ``error`` why it is unreadable."""

    name: str
    values: Mapping[str, Any] = MappingProxyType({})
    set_values: tuple[str, ...] = ()
    file: str = ""
    document: Document | None = None
    error: YamlError | None = None
    given: tuple[GivenValues, ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether it is what the user gave."""
        return bool(self.given or self.set_values)

    def overrides(self, path: Pointer) -> bool:
        """Whether a ``--set`` decides about a place in the values, or about something in it."""
        wanted = path.dotted
        keys = (part.partition("=")[0].strip() for one in self.set_values for part in one.split(","))
        return any(f"{wanted}.".startswith(f"{key}.") or f"{key}.".startswith(f"{wanted}.") for key in keys if key)


def values_files(chart: Chart) -> tuple[str, ...]:
    """The chart's own files that hold a scenario's values, sorted."""
    return tuple(sorted(path for path in (*chart.files, *chart.unpackaged) if _is_scenario(PurePosixPath(path))))


def _is_scenario(path: PurePosixPath) -> bool:
    if len(path.parts) == 2 and path.parts[0] == "ci":
        return path.name.endswith(("-values.yaml", "-values.yml"))
    return len(path.parts) == 1 and path.name.startswith("values-") and path.suffix in (".yaml", ".yml")


def scenarios(
    chart: Chart, *, given: tuple[GivenValues, ...] = (), set_values: tuple[str, ...] = ()
) -> tuple[Scenario, ...]:
    """All scenarios of a chart: the default one, its own files in order, and what the user gave."""
    return tuple(_scenarios(chart, given, set_values))


def _scenarios(chart: Chart, given: tuple[GivenValues, ...], set_values: tuple[str, ...]) -> Iterator[Scenario]:
    yield Scenario(DEFAULT)
    for path in values_files(chart):
        content = chart.files.get(path, chart.unpackaged.get(path, b""))
        yield _from_file(path, content.decode("utf-8", "surrogateescape"))
    if given or set_values:
        values: dict[str, Any] = {}
        for one in given:
            values = merge(values, one.values)
        name = " ".join([one.name for one in given] + ["--set"] * bool(set_values))
        yield Scenario(name, values, set_values, given=given)


def _from_file(path: str, text: str) -> Scenario:
    try:
        document = read(text)
        if document.data is not None and not isinstance(document.data, dict):
            raise YamlError("the values must be a mapping", 1, 1)
    except YamlError as error:
        return Scenario(path, file=path, error=error)
    return Scenario(path, document.data or {}, file=path, document=document)


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one values file over another as Helm does: maps are merged, everything else is replaced."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged
