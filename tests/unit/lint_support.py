"""Charts for the tests of linting, written as files, and one engine for all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import dedent

from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.engine.embedded import Embedded
from chartgen.findings import Finding

CHART = """\
apiVersion: v2
name: app
version: 1.0.0
appVersion: 1.2.0
"""

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
spec:
  containers:
    - name: web
      image: {{ .Values.image }}
"""


def chart(files: dict[str, str], *, origin: str = "charts/app") -> Chart:
    """A chart of these files; Chart.yaml and values.yaml are added where they are missing."""
    texts = {"Chart.yaml": CHART, "values.yaml": "{}\n"} | {path: dedent(text) for path, text in files.items()}
    return Chart.of(texts, metadata=metadata(texts["Chart.yaml"].encode()), origin=origin)


def told(findings: tuple[Finding, ...]) -> list[str]:
    """Findings as ``place: [rule] message``."""
    return [f"{finding.primary}: [{finding.rule}] {finding.message}" for finding in findings]


@contextmanager
def an_engine(*, time_limit: float = 20) -> Iterator[Embedded]:
    with Embedded(jobs=1, time_limit=time_limit) as engine:
        yield engine
