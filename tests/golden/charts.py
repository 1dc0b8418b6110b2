"""The charts the golden tests are about, and how they are rendered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chartgen.chart.model import Chart
from chartgen.engine.api import Engine, Failure, Job, Options, Rendered
from chartgen.engine.objects import RenderedObject, parse
from chartgen.generate.generate import generate
from chartgen.spec.beside import beside
from chartgen.spec.load import read_spec
from chartgen.spec.model import AppSpec
from chartgen.yamlread import read
from tests.subcharts import with_subcharts

SPECS = Path(__file__).with_name("specs")
EVERYTHING = Path(__file__).parents[2] / "examples" / "everything.yaml"
"""The spec with all keys; charts-output/ holds its chart."""

PATHS = {path.stem: path for path in sorted([*SPECS.glob("*.yaml"), EVERYTHING])}
NAMES = tuple(sorted(PATHS))


@cache
def spec(name: str) -> AppSpec:
    """One of the specs beside this file, or the one of everything."""
    path = PATHS[name]
    return read_spec(path.read_bytes(), file=path.name, read=beside(path))


@cache
def chart(name: str) -> Chart:
    """The chart made of it."""
    return generate(spec(name))


def scenarios(made: Chart) -> dict[str, Mapping[str, Any]]:
    """The values of every scenario of a chart, by the name of its file."""
    files = [path for path in made.files if path.startswith(("ci/", "values-"))]
    return {"default": {}, **{path: read(made.text(path) or "").data for path in files}}


def pod_template(o: RenderedObject) -> Mapping[str, Any] | None:
    """What the pods of a workload are made from; None for an object that makes none."""
    spec: Any = o.body.get("spec", {})
    if o.kind == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    template = spec.get("template") if o.kind in WORKLOADS else None
    assert template is None or isinstance(template, Mapping)
    return template


WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job")
LONGEST = {
    "Deployment": 57,
    "StatefulSet": 52,
    "DaemonSet": 57,
    "CronJob": 52,
    "Job": 57,
    "PersistentVolumeClaim": 253,
    "TriggerAuthentication": 253,
}
"""Characters a workload's name may have: Kubernetes makes the names of pods and their labels from it."""


def empty_documents(files: Mapping[str, str]) -> list[str]:
    """Rendered templates in which a document between two others, or at the end, holds nothing but comments."""
    found = []
    for path, text in files.items():
        _, *others = re.split(r"^---$", re.sub(r"^[ \t]*#.*$", "", text, flags=re.MULTILINE), flags=re.MULTILINE)
        if not path.endswith("NOTES.txt") and any(not document.strip() for document in others):
            found.append(path)
    return found


def blank_lines(files: Mapping[str, str]) -> list[str]:
    """Rendered templates with an empty line between two others; texts of the spec's own may have them."""
    between = re.compile(r"^[^\n]*\S[^\n]*\n[ \t]*\n+[ \t]*[^\s-]", re.MULTILINE)
    return [
        path for path, text in files.items() if not path.endswith((*VERBATIM, "NOTES.txt")) and between.search(text)
    ]


VERBATIM = ("extra-objects.yaml", "configmap.yaml")
"""Objects that hold texts of others, of which nindent indents the empty lines, too."""


class Helm:
    """Renders charts and looks objects up by kind, and by name where there are several."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def answer(
        self,
        made: Chart,
        *,
        values: Mapping[str, Any] | None = None,
        sets: tuple[str, ...] = (),
        release: str = "r1",
    ) -> Rendered | Failure:
        """What Helm says."""
        options = Options(release=release, namespace="apps")
        return next(iter(self.engine.render([Job(with_subcharts(made), values or {}, sets, options)])))

    def objects(
        self, name: str, *sets: str, values: Mapping[str, Any] | None = None, release: str = "r1"
    ) -> list[RenderedObject]:
        """The objects of a golden chart, hooks among them."""
        answer = self.answer(chart(name), values=values, sets=sets, release=release)
        assert isinstance(answer, Rendered), answer
        parsed = parse(answer.files)
        assert not parsed.bad
        assert not parsed.duplicates
        return list(parsed.objects)

    def find(self, name: str, ref: str, *sets: str, **options: Any) -> Mapping[str, Any]:
        """The one object of a kind (``Service``), or of that name (``Service/r1-shop-web``)."""
        found = [o for o in self.objects(name, *sets, **options) if ref in (o.kind, o.ref)]
        assert len(found) == 1, [o.ref for o in found]
        return found[0].body

    def kinds(self, name: str, *sets: str, **options: Any) -> list[str]:
        """The kinds that are rendered, sorted."""
        return sorted(o.kind for o in self.objects(name, *sets, **options))

    def refusal(self, name: str, *sets: str, values: Mapping[str, Any] | None = None) -> str:
        """Why Helm refuses the values."""
        answer = self.answer(chart(name), values=values, sets=sets)
        assert isinstance(answer, Failure), "Helm accepts the values"
        return answer.message
