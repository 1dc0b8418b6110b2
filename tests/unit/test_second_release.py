"""A chart's second release: rendered when a rule looks at it, under the longest name, and held against the first."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from chartgen.engine.api import Job
from chartgen.engine.embedded import Embedded
from chartgen.lint import second
from chartgen.lint.run import Settings, lint
from chartgen.policy.model import Policy
from tests.unit.lint_support import an_engine, chart, told

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}-headless-service
spec:
  ports:
    - port: 80
"""


class Listening:
    """An engine that notes the release names it is asked for."""

    def __init__(self, engine: Embedded) -> None:
        self.engine = engine
        self.name = engine.name
        self.identity = engine.identity
        self.releases: list[str] = []

    def render(self, jobs: Any) -> Any:
        return self.engine.render(self._noted(jobs))

    def _noted(self, jobs: Any) -> Iterator[Job]:
        for job in jobs:
            self.releases.append(job.options.release)
            yield job

    def lint(self, jobs: Any) -> Any:
        return self.engine.lint(jobs)

    def __enter__(self) -> "Listening":
        return self

    def __exit__(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def embedded() -> Iterator[Embedded]:
    with an_engine() as engine:
        yield engine


def run(engine: Any, files: dict[str, str], *rules: str) -> list[str]:
    return told(lint([chart(files)], engine=engine, settings=Settings(Policy(select=rules))).findings)


def test_the_name_is_the_longest_that_helm_takes() -> None:
    assert len(second.RELEASE) == 53
    assert re.fullmatch(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?", second.RELEASE)


def test_one_rendering_more_and_only_for_rules_that_look_at_it(embedded: Embedded) -> None:
    files = {"templates/service.yaml": SERVICE, "ci/small-values.yaml": "a: 1\n"}
    for rules, more in (("node-port-service",), []), (("node-port-service", "name-too-long"), [second.RELEASE]):
        engine = Listening(embedded)
        run(engine, files, *rules)
        asked = [name for name in engine.releases if name != "release-name"]
        assert asked == more, rules


def test_a_long_name_is_told_where_the_short_one_stands(embedded: Embedded) -> None:
    assert run(embedded, {"templates/service.yaml": SERVICE}, "name-too-long") == [
        (
            "charts/app/templates/service.yaml:4:9: [name-too-long] Service/release-name-headless-service: "
            "its name has 70 characters when the release's has 53; a Service's may have 63"
        )
    ]


def test_a_chart_that_refuses_long_names_is_judged_all_the_same(embedded: Embedded) -> None:
    guard = '{{- if gt (len .Release.Name) 20 }}{{ fail "too long" }}{{ end }}\n'
    files = {"templates/service.yaml": guard + SERVICE}
    assert run(embedded, files, "name-too-long", "collides-with-second-release") == []
    (broken,) = run(embedded, {"templates/service.yaml": "{{ fail 1 }}"}, "name-too-long")
    assert "[template-fails]" in broken


def test_a_template_that_renders_other_objects_for_another_name_is_left_out(embedded: Embedded) -> None:
    object_of = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "
    once = "{{- if lt (len .Release.Name) 20 }}\n---\n" + object_of + "fixed\n{{- end }}\n"
    both = object_of + "settings\n"
    files = {"templates/a.yaml": both + once, "templates/b.yaml": both}
    assert run(embedded, files, "collides-with-second-release") == [
        (
            "charts/app/templates/b.yaml:4:9: [collides-with-second-release] ConfigMap/settings: "
            "has the same name in every release of its namespace, so there can be one only"
        )
    ]


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("ClusterRole", "default", "has the same name in every release, so there can be one only"),
        (
            "ClusterRole",
            "web-{{ .Release.Namespace }}",
            "has the same name in every release of a namespace, so there can be one only",
        ),
        ("ClusterRole", "{{ .Release.Namespace }}-{{ .Release.Name }}", ""),
        (
            "ConfigMap",
            "web-{{ .Release.Namespace }}",
            "has the same name in every release of its namespace, so there can be one only",
        ),
    ],
)
def test_a_name_with_the_namespace_keeps_releases_of_other_namespaces_apart(
    embedded: Embedded, kind: str, name: str, said: str
) -> None:
    text = f"apiVersion: v1\nkind: {kind}\nmetadata:\n  name: {name}\n"
    found = run(embedded, {"templates/x.yaml": text}, "collides-with-second-release")
    assert [line.partition(": ")[2].partition(": ")[2] for line in found] == [said] * bool(said)
