"""Allowances that nothing needs are taken out, and nothing of what stands around them."""

from __future__ import annotations

import pytest

from chartgen.engine.embedded import Embedded
from tests.fix.support import fixed
from tests.unit.lint_support import chart

JOB = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.29.3
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{{/* chartgen: allow host-port - once */}}\n" + JOB, JOB),
        ("{{- /* chartgen: allow host-port - once */ -}}\n" + JOB, JOB),
        (JOB.replace("  containers", "  # chartgen: allow host-port - once\n  containers"), JOB),
        (JOB.replace("web\nspec", "web # chartgen: allow host-port - once\nspec"), JOB),
        (JOB.replace("web\nspec", "web {{/* chartgen: allow host-port - once */}}\nspec"), JOB),
        # One of the two may be needed.
        ("{{/* chartgen: allow host-port, host-namespace - once */}}\n" + JOB, None),
    ],
)
def test_a_comment_is_taken_out(before: str, after: str | None, engine: Embedded) -> None:
    files = {"templates/pod.yaml": before}
    result = fixed(chart(files), engine, "unused-suppression", "host-port", "host-namespace", unsafe=False)
    assert result.chart.text("templates/pod.yaml") == (before if after is None else after)
    assert bool(result.report.findings) == (after is None)


def test_a_comment_in_values_is_taken_out(engine: Embedded) -> None:
    values = "# of the pod\n# chartgen: allow host-port - once\na: 1 # one\n"
    result = fixed(chart({"templates/pod.yaml": JOB, "values.yaml": values}), engine, "unused-suppression", "host-port")
    assert result.chart.text("values.yaml") == "# of the pod\na: 1 # one\n"


def test_a_comment_in_text_that_is_data_stays(engine: Embedded) -> None:
    data = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: |\n    # chartgen: allow host-port - once\n"
    )
    before = chart({"templates/a.yaml": data})
    result = fixed(before, engine, "unused-suppression", "host-port")
    assert result.chart == before
    assert [dropped.reason for dropped in result.dropped] == ["ConfigMap/a would change at data.a"]
