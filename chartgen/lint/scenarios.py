"""The values under which a chart is linted.

- ``default``: the chart's own values.
- ``ci/<name>-values.yaml``: what the chart's authors test with, one scenario each (chart-testing's convention).
- ``values-<env>.yaml`` beside values.yaml: one scenario each.
- what the policy file names, one scenario each; it may also say which other files of a chart are scenarios.
- the user's ``--values`` and ``--set`` together: one more, merged in the order ``helm install`` would merge them.

Each is laid over the chart's own values, never over another scenario.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from chartgen.chart.model import Chart
from chartgen.engine.api import Options
from chartgen.fielddata import laid_over
from chartgen.lint.rounds import Round
from chartgen.location import Pointer
from chartgen.policy.config import SCENARIO_FILES
from chartgen.policy.globs import fits
from chartgen.tuples import NamedTuple
from chartgen.yamlread import Document, locate, read
from chartgen.yamlscalar import YamlError

DEFAULT = "default"


class GivenValues(NamedTuple):
    """A values file the user named: the name it was given by, and what stands in it."""

    name: str
    values: Mapping[str, Any]


class GivenScenario(NamedTuple):
    """A scenario that the user or the policy file gives: values in the order they are laid, then ``--set``."""

    name: str
    values: tuple[GivenValues, ...] = ()
    set_values: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: tuple[GivenValues, ...], set_values: tuple[str, ...]) -> "GivenScenario":
        """The one that ``--values`` and ``--set`` make together."""
        return cls(" ".join([one.name for one in values] + ["--set"] * bool(set_values)), values, set_values)


class Scenario(NamedTuple):
    """One set of values. ``file`` is the chart's own file they come from, or ``""``; ``error`` why it is unreadable.

    ``round`` is the Kubernetes it is rendered and judged for, None for that of the run.
    """

    name: str
    values: Mapping[str, Any] = MappingProxyType({})
    set_values: tuple[str, ...] = ()
    file: str = ""
    document: Document | None = None
    error: YamlError | None = None
    given: tuple[GivenValues, ...] = ()
    round: Round | None = None

    @property
    def versions(self) -> int:
        """The Kubernetes releases whose rendering it is; none when it is not known."""
        return self.round.versions if self.round else 0

    def circumstances(self, options: Options) -> Options:
        """The circumstances of a run, for the Kubernetes of this scenario."""
        if self.round is None:
            return options
        apis = (*options.api_versions, *self.round.apis)
        return options._replace(kube_version=self.round.kube_version, api_versions=apis)

    def on(self, found: Round) -> "Scenario":
        """The same values on another Kubernetes."""
        return self._replace(name=f"{self.name} {found.label}" if found.label else self.name, round=found)

    @property
    def is_default(self) -> bool:
        """Whether it is nothing but the chart's own values."""
        return not (self.file or self.given or self.set_values)

    @property
    def is_given(self) -> bool:
        """Whether it is what the user gave."""
        return bool(self.given or self.set_values)

    def overrides(self, path: Pointer) -> bool:
        """Whether a ``--set`` decides about a place in the values, or about something in it."""
        wanted = path.dotted
        keys = (part.partition("=")[0].strip() for one in self.set_values for part in one.split(","))
        return any(f"{wanted}.".startswith(f"{key}.") or f"{key}.".startswith(f"{wanted}.") for key in keys if key)

    def set_by_user(self, path: Pointer) -> str:
        """What the user sets a place in the values with: ``--set``, or ``prod.yaml:3``; ``""`` where he does not."""
        if self.overrides(path):
            return "--set"
        for one in reversed(self.given):
            location = locate(one.values, path, key=True, file=one.name)
            if location.exact and path.parts:
                return f"{one.name}:{location.line}"
        return ""


def values_files(chart: Chart, patterns: Sequence[str] = SCENARIO_FILES) -> tuple[str, ...]:
    """The chart's own files that hold a scenario's values, sorted."""
    paths = (*chart.files, *chart.unpackaged)
    return tuple(sorted(path for path in paths if any(fits(pattern, path) for pattern in patterns)))


def scenarios(
    chart: Chart, *, given: tuple[GivenScenario, ...] = (), files: Sequence[str] = SCENARIO_FILES
) -> tuple[Scenario, ...]:
    """All scenarios of a chart: the default one, its own files in order, and what was given."""
    return tuple(_scenarios(chart, given, files))


def _scenarios(chart: Chart, given: tuple[GivenScenario, ...], files: Sequence[str]) -> Iterator[Scenario]:
    yield Scenario(DEFAULT)
    for path in values_files(chart, files):
        content = chart.files.get(path, chart.unpackaged.get(path, b""))
        yield _from_file(path, content.decode("utf-8", "surrogateescape"))
    for one in given:
        values: dict[str, Any] = {}
        for layer in one.values:
            values = laid_over(values, layer.values)
        yield Scenario(one.name, values, one.set_values, given=one.values)


def _from_file(path: str, text: str) -> Scenario:
    try:
        document = read(text)
        if document.data is not None and not isinstance(document.data, dict):
            raise YamlError("the values must be a mapping", 1, 1)
    except YamlError as error:
        return Scenario(path, file=path, error=error)
    return Scenario(path, document.data or {}, file=path, document=document)
