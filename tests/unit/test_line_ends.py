"""Lines are those of editors: what YAML and Python take for the end of one besides changes no line number."""

from __future__ import annotations

import pytest

from chartgen.lint.run import Settings, lint
from chartgen.location import Location, Pointer, excerpt
from chartgen.policy.model import Policy
from chartgen.yamlread import read
from tests.unit.lint_support import an_engine, chart, told

ODD = ["\u2028", "\u2029", "\x85", "\x0c", "\x0b"]


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85"])
def test_places_in_yaml(odd: str) -> None:
    document = read(f'# {odd}{odd}\na: "x{odd}y"\nb: [1, {{c: é, d: &e 2}}]\n# {odd}\nf:\n  - *e\n')
    assert str(document.locate(Pointer(("a",)))) == "2:4"
    assert str(document.locate(Pointer(("b", 1, "d")))) == "3:18"
    assert str(document.locate(Pointer(("b", 1)))) == "3:8"
    assert str(document.locate(Pointer(("f", 0)))) == "6:5"
    assert document.data["b"] == [1, {"c": "é", "d": 2}]


@pytest.mark.parametrize("odd", ODD)
def test_excerpts(odd: str) -> None:
    drawn = excerpt(f"a: {odd}\nb: {odd}x\nc: 1\n", Location("x.yaml", 3, 4))
    assert drawn == "  |\n3 | c: 1\n  |    ^"
    assert excerpt("a: 1\r\nb: 2\rc: 3", Location("x.yaml", 3, 4)).splitlines()[1] == "3 | c: 3"


@pytest.mark.parametrize("odd", ["\u2028", "\u2029"])
def test_findings_and_what_allows_them(odd: str) -> None:
    template = """\
        {{- /* %s */}}
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
          annotations: {a: {{ .Values.note | squote }}}
        spec:
          containers:
            - name: web
              image: {{ .Values.image }}
            - name: beside
              image: example/beside:latest
        """
    files = {
        "values.yaml": f"note: 'a{odd}b'\nimage: nginx:latest # chartgen: allow floating-image-tag - why\n",
        "templates/pod.yaml": template % odd,
    }
    with an_engine() as engine:
        report = lint([chart(files)], engine=engine, settings=Settings(Policy(select=("floating-image-tag",))))
    assert told(report.findings) == [
        (
            "charts/app/templates/pod.yaml:12:14: [floating-image-tag] Pod/web: container 'beside' runs "
            "'example/beside:latest', whose tag can move"
        )
    ]
    assert [finding.subject for finding in report.suppressed] == ["Pod/web"]
