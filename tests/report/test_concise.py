from __future__ import annotations

from chartgen.report import render_problems, render_report
from tests.report.sample import EMPTY, PROBLEMS, REPORT, SOURCES


def test_one_line_for_each_finding() -> None:
    assert (
        render_report(REPORT, "concise")
        == """\
charts/web/templates/deployment.yaml:2:1: warning: Deployment/web: container 'web' has no memory limit \
[missing-memory-limit]
charts/web/templates/deployment.yaml:3:10: error: Deployment/web: container 'web' runs 'nginx', whose tag can move \
[floating-image-tag]
charts/web/templates/x.yaml: error: templates/x.yaml: parse error unclosed action [render-failed]
charts/web/values.schema.json: info: values.schema.json: the chart has none [values-schema-missing]
"""
    )
    assert render_report(EMPTY, "concise") == ""


def test_one_line_for_each_problem() -> None:
    assert (
        render_problems(PROBLEMS, SOURCES, "concise")
        == """\
app.yaml:4:9: error: ports.http: 99999 is greater than 65535
app.yaml:5:1: error: unknown key 'imgae' (did you mean 'image'?)
-: warning: the file is empty
"""
    )


def test_colour_marks_the_level_alone() -> None:
    first = render_problems(PROBLEMS, SOURCES, "concise", color=True).splitlines()[0]
    assert first == "app.yaml:4:9: \x1b[1;31merror\x1b[0m: ports.http: 99999 is greater than 65535"
