from __future__ import annotations

from chartgen.errors import Problem
from chartgen.findings import Finding, Report, Severity
from chartgen.location import Location
from chartgen.report import render_problems, render_report
from tests.report.sample import EMPTY, PROBLEMS, REPORT, SOURCES

FINDINGS = """\
warning[missing-memory-limit]: Deployment/web: container 'web' has no memory limit
  --> charts/web/templates/deployment.yaml:2:1 (nearest line)
   |
 2 | spec:
   | ^
  only with: ci/ha-values.yaml
  help: set resources.limits.memory

error[floating-image-tag]: Deployment/web: container 'web' runs 'nginx', whose tag can move
  --> charts/web/templates/deployment.yaml:3:10
   |
 3 |   image: {{ .Values.image }}
   |          ^^^^^^^^^^^^^^^^^^^
  note: charts/web/values.yaml:2:8: the value comes from here
  help: pin a version or a digest

error[render-failed]: templates/x.yaml: parse error
    unclosed action
  --> charts/web/templates/x.yaml (line unknown)

info[values-schema-missing]: values.schema.json: the chart has none
  --> charts/web/values.schema.json
"""


def test_a_finding_says_what_where_and_how_to_fix_it() -> None:
    assert render_report(REPORT, "text") == FINDINGS


def test_nothing_found_is_nothing_said() -> None:
    assert render_report(EMPTY, "text") == ""


def test_problems_look_as_in_the_style_guide() -> None:
    assert (
        render_problems(PROBLEMS, SOURCES, "text")
        == """\
error: ports.http: 99999 is greater than 65535
  --> app.yaml:4:9
   |
 4 |   http: 99999
   |         ^^^^^
  help: choose a port between 1 and 65535

error: unknown key 'imgae' (did you mean 'image'?)
  --> app.yaml:5:1
   |
 5 | imgae: x
   | ^^^^^

warning: the file is empty
  --> -
"""
    )


def test_line_numbers_of_several_digits_keep_the_gutter_straight() -> None:
    problem = Problem("wrong", Location("f", 1234, 3))
    text = "\n" * 1233 + "a: b\n"
    assert (
        render_problems((problem,), {"f": text}, "text")
        == """\
error: wrong
     --> f:1234:3
      |
 1234 | a: b
      |   ^
"""
    )


def test_colour_only_repeats_what_the_words_say() -> None:
    colored = render_report(REPORT, "text", color=True)
    assert "\x1b[1;31merror[floating-image-tag]\x1b[0m" in colored
    plain = colored
    for code in ("1;31", "1;33", "1;36", "34", "32", "1", "0"):
        plain = plain.replace(f"\x1b[{code}m", "")
    assert plain == FINDINGS


def test_a_chart_cannot_write_to_the_terminal() -> None:
    finding = Finding(
        rule="x",
        severity=Severity.INFO,
        message="a\x1b[2Jb\r\x9bc",
        primary=Location("f\x1b.yaml", 1, 1),
        help="\x07ring",
    )
    report = Report(findings=(finding,), sources={"f\x1b.yaml": "\x1b[31mred\n"})
    for name in ("text", "concise", "json"):
        text = render_report(report, name)
        assert not any(char in text for char in "\x1b\x07\x9b\r"), name
    assert "info[x]: a\\x1b[2Jb\\x0d\\x9bc" in render_report(report, "text")
