"""What Helm is asked and what it answers, whichever engine runs it.

Everything a render depends on is a parameter and always passed: release name, namespace, Kubernetes version, API
versions, install or upgrade. No engine reads a cluster, the network or the environment.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Protocol

from chartgen.chart.model import Chart
from chartgen.tuples import NamedTuple

KUBE_VERSION = "1.36.0"
"""The Kubernetes version assumed where none is given: that of the embedded Helm, v4.2.3."""

TIME_LIMIT = 10.0
"""Seconds one render may take. Charts that generate certificates take up to five, all others a fraction of one."""


class Options(NamedTuple):
    """The circumstances of a render; the defaults are those of ``helm template``."""

    release: str = "release-name"
    namespace: str = "default"
    kube_version: str = KUBE_VERSION
    api_versions: tuple[str, ...] = ()
    is_upgrade: bool = False


class Job(NamedTuple):
    """One render: a chart, the values laid over its own, and the circumstances.

    ``chart`` is loaded anew for every job: Helm changes a loaded chart while rendering it.
    ``set_values`` are ``--set`` expressions in Helm's own syntax, applied after ``values``.
    """

    chart: Chart
    values: Mapping[str, Any] = MappingProxyType({})
    set_values: tuple[str, ...] = ()
    options: Options = Options()


class Failure(NamedTuple):
    """Why a chart did not render, in Helm's words, with the place where Helm named one.

    ``kind`` is ``load`` (Chart.yaml, archive), ``values`` (schema), ``render`` (template), ``constraint`` (kubeVersion,
    dependencies, library chart), ``timeout``, ``memory``, ``crash``. ``objects.parse`` sees output that is no YAML.
    ``path`` is relative to the chart's folder (``templates/x.yaml``, ``charts/sub/templates/y.yaml``).
    """

    kind: str
    message: str
    path: str | None = None
    line: int | None = None
    column: int | None = None


class Rendered(NamedTuple):
    """What a chart rendered to: template path (relative to the chart's folder) -> text, as Helm's library returns it.

    NOTES.txt and empty files are included; ``stream.manifest`` gives what ``helm template`` prints. ``crds`` maps
    the path of each file under ``crds/`` (of the chart and its enabled subcharts) to its text. ``log`` is what Helm
    wrote to its standard error. ``objections`` are reasons why Helm's command might refuse a chart that renders here:

    - kind ``constraint``: dependencies that are missing in ``charts/`` but switched off by these values
    - kind ``load``: a file that Helm before 4.3 finds too large, left out here
    - kind ``values``: a schema that refers to another host or a file outside, which were left alone; the values went
      unchecked
    """

    files: Mapping[str, str]
    crds: Mapping[str, str] = MappingProxyType({})
    log: str = ""
    objections: tuple[Failure, ...] = ()


class LintMessage(NamedTuple):
    """One message of Helm's own lint. ``severity`` is ``error``, ``warning`` or ``info``; ``path`` as Helm gives it."""

    severity: str
    path: str
    message: str


class Engine(Protocol):
    """Renders and lints. Engines are context managers: leaving one ends its processes.

    ``identity`` is the path of the file that is Helm: its library, or its command.
    """

    name: str
    identity: str

    def render(self, jobs: Iterable[Job]) -> Iterator[Rendered | Failure]:
        """Render jobs, several at a time, giving the answers in the order of the jobs. A bad chart never raises."""
        ...

    def lint(self, jobs: Iterable[Job]) -> Iterator[tuple[LintMessage, ...] | Failure]:
        """Run Helm's own lint over each job's chart and values."""
        ...

    def __enter__(self) -> "Engine": ...

    def __exit__(self, *_: object) -> None: ...
