"""What a rule may know beside the thing it looks at: the chart as it lies on disk, and one rendering of it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from chartgen.chart.documents import Documents, Known
from chartgen.chart.model import Chart
from chartgen.engine.api import Failure, LintMessage, Options
from chartgen.engine.objects import BadDocument, Parsed, RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import WORKLOADS, PodSpec, pod_spec
from chartgen.kube.located import SchemaFiles
from chartgen.kube.releases import minor_version, releases
from chartgen.location import Pointer


class ChartContext(Documents):
    """One chart as it lies on disk, and the circumstances of the run.

    ``helm_messages`` is what Helm's own lint said, or () when it did not run. ``schemas`` are those the user brought;
    ``is_asked`` tells that the user named the Kubernetes releases to judge for. ``memory`` is where rules keep what
    they work out once for a chart. ``scenarios`` are the values of each scenario by its name, None where a ``--set``
    or a broken file keeps them from being known. ``second_release`` holds the objects of the defaults under a release
    name of 53 characters; None when no rule of the run looks at them, or when they did not render. ``documents`` holds
    the files that were read as YAML.
    """

    def __init__(
        self,
        chart: Chart,
        options: Options = Options(),
        helm_messages: tuple[LintMessage, ...] = (),
        documents: Known | None = None,
    ) -> None:
        super().__init__(chart, documents)
        self.options = options
        self.helm_messages = helm_messages
        self.schemas = SchemaFiles()
        self.is_asked = False
        self.memory: dict[object, Any] = {}
        self.scenarios: Mapping[str, Mapping[str, Any] | None] = {}
        self.second_release: Parsed | None = None


class ScenarioContext:
    """One chart rendered under one set of values: its objects, or the failure that left it without any.

    ``values_file`` is the scenario's file relative to the chart's folder (``ci/x-values.yaml``), or ``""``;
    ``objections`` say why Helm's command may refuse what rendered here. ``versions`` are the Kubernetes releases
    (``kube.releases``) whose rendering this is: when not given, the one it was rendered for. ``set_by_user`` says what
    the user sets a place in the values with, as ``prod.yaml:3``, or ``""`` where the chart decides.
    """

    def __init__(
        self,
        chart: ChartContext,
        name: str,
        values_file: str = "",
        parsed: Parsed = Parsed(()),
        *,
        failure: Failure | None = None,
        objections: tuple[Failure, ...] = (),
        crds: Mapping[str, str] = MappingProxyType({}),
        versions: int = 0,
        set_by_user: Callable[[Pointer], str] = lambda _: "",
    ) -> None:
        self.chart = chart
        self.name = name
        self.values_file = values_file
        self.parsed = parsed
        self.failure = failure
        self.objections = objections
        self.crds = crds
        self.set_by_user = set_by_user
        self.versions = versions or releases(filter(None, [minor_version(chart.options.kube_version)]))

    def troubles(self, *kinds: str) -> Iterator[tuple[Failure, Severity]]:
        """The failure (an error) and the objections (warnings) of some kinds."""
        if self.failure is not None and self.failure.kind in kinds:
            yield self.failure, Severity.ERROR
        for objection in self.objections:
            if objection.kind in kinds:
                yield objection, Severity.WARNING

    @cached_property
    def trouble_kinds(self) -> frozenset[str]:
        """What is wrong: the kinds of failure, of objections and of bad documents, ``duplicate-key``, ``no-object``."""
        said = (self.failure, *self.objections, *self.bad)
        others = {"duplicate-key": self.parsed.duplicates, "no-object": not self.objects}
        return frozenset([*(one.kind for one in said if one), *(kind for kind, holds in others.items() if holds)])

    @property
    def objects(self) -> tuple[RenderedObject, ...]:
        """Every object of the scenario, hooks among them, in the order of their templates."""
        return self.parsed.objects

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[RenderedObject, ...]]:
        """The objects by kind."""
        found: dict[str, list[RenderedObject]] = {}
        for obj in self.objects:
            found.setdefault(obj.kind, []).append(obj)
        return {kind: tuple(objects) for kind, objects in found.items()}

    def of_kind(self, *kinds: str) -> tuple[RenderedObject, ...]:
        """The objects of some kinds, in the order of their templates."""
        if len(kinds) == 1:
            return self.by_kind.get(kinds[0], ())
        return tuple(obj for obj in self.objects if obj.kind in kinds)

    @cached_property
    def pods(self) -> tuple[tuple[RenderedObject, PodSpec], ...]:
        """Every workload that runs pods, with its pod spec."""
        found = ((obj, pod_spec(obj.kind, obj.body)) for obj in self.of_kind(*WORKLOADS))
        return tuple((obj, pod) for obj, pod in found if pod is not None)

    def pod(self, obj: RenderedObject) -> PodSpec | None:
        """The pod spec of one of the objects; None where it runs no pods."""
        return self._pods.get(id(obj))

    @cached_property
    def _pods(self) -> Mapping[int, PodSpec]:
        return {id(obj): pod for obj, pod in self.pods}

    def named(self, kind: str, name: str, *, namespace: str = "") -> RenderedObject | None:
        """The object of a kind with a name; an object without a namespace is in the release's."""
        found = self._by_name.get((kind, name), ())
        return next((obj for obj in found if (obj.namespace or namespace) == (namespace or obj.namespace)), None)

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], list[RenderedObject]]:
        found: dict[tuple[str, str], list[RenderedObject]] = {}
        for obj in self.objects:
            found.setdefault((obj.kind, obj.name), []).append(obj)
        return found

    @property
    def bad(self) -> tuple[BadDocument, ...]:
        """Rendered documents that are no objects."""
        return self.parsed.bad
