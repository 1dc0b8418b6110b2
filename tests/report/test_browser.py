"""The page does in a real browser what it promises: it filters, it runs nothing else, and it needs no network."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from chartgen.report import render_report
from tests.report.browser import needs_browser, opened
from tests.report.sample import EMPTY, REPORT
from tests.report.test_escaping import nasty

pytestmark = needs_browser

PAGE = render_report(REPORT, "html")


def shown(page: str) -> list[str]:
    """The rules of the findings that a reader sees, and what the page says of their number."""
    items = re.findall(r"<li ([^>]*)>", page)
    visible = [item for item in items if not re.search(r"\bhidden\b", item)]
    number = re.search(r"<output[^>]*>([^<]*)</output>", page)
    assert number
    return [*(rule for item in visible for rule in re.findall(r'data-rule="([^"]*)"', item)), number[1]]


def test_everything_but_what_is_allowed_is_shown_at_first(tmp_path: Path) -> None:
    assert shown(opened(PAGE, tmp_path)) == [
        "floating-image-tag",
        "render-failed",
        "missing-memory-limit",
        "values-schema-missing",
        "4 of 5",
    ]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("rule=missing-memory-limit&switched=allowed", ["missing-memory-limit", "missing-memory-limit", "2 of 5"]),
        ("chart=charts%2Fweb&text=PARSE+x.yaml", ["render-failed", "1 of 5"]),
        ("text=nothing+like+it", ["0 of 5"]),
        ("chart=another&rule=another&text=nginx", ["floating-image-tag", "1 of 5"]),
    ],
)
def test_a_link_filters(tmp_path: Path, state: str, expected: list[str]) -> None:
    page = opened(PAGE, tmp_path, hash_=state)
    assert shown(page) == expected
    assert ('id="empty" hidden' in page) == (expected != ["0 of 5"])


READER = """
const put = (id, value) => {
  const field = document.getElementById(id);
  field.value = value;
  field.dispatchEvent(new Event("input", {bubbles: true}));
};
const toggle = (level) => document.querySelector(`input[value=${level}]`).click();
const rules = () => [...document.querySelectorAll(".finding")].filter((one) => one.checkVisibility()).map(
  (one) => one.dataset.rule);
const seen = {};
const look = (name, act) => { act(); seen[name] = rules(); document.querySelector("form").reset(); };
const done = () => { document.title = JSON.stringify(seen); };
"""


def test_a_reader_filters(tmp_path: Path) -> None:
    script = (
        READER
        + """
    const steps = [
      ["text", () => put("text", "Pin a VERSION")],
      ["rule", () => put("rule", "values-schema-missing")],
      ["chart", () => put("chart", "charts/web")],
      ["severity", () => { toggle("error"); toggle("info"); }],
      ["allowed", () => { toggle("allowed"); toggle("error"); toggle("info"); }],
      ["show", () => document.querySelector("[data-show=render-failed]").click()],
      ["cleared", () => { put("text", "x.yaml"); document.querySelector("[type=reset]").click(); }],
      ["nothing", () => {}],
    ];
    const next = () => {
      if (!steps.length) return done();
      look(...steps.shift());
      setTimeout(next, 10); // clearing takes effect in the next turn
    };
    next();
    """
    )
    title = re.search(r"<title>(.*?)</title>", opened(PAGE, tmp_path, script=script))
    assert title
    everything = ["floating-image-tag", "render-failed", "missing-memory-limit", "values-schema-missing"]
    assert json.loads(title[1]) == {
        "text": ["floating-image-tag"],
        "rule": ["values-schema-missing"],
        "chart": everything,
        "severity": ["missing-memory-limit"],
        "allowed": ["missing-memory-limit", "missing-memory-limit"],
        "show": ["render-failed"],
        "cleared": ["render-failed"],  # the field is cleared at once, what is shown a turn later
        "nothing": everything,
    }


def test_what_is_filtered_for_stands_in_the_address(tmp_path: Path) -> None:
    script = READER + "put('rule', 'render-failed'); toggle('info'); document.title = location.hash"
    assert "<title>#rule=render-failed&amp;switched=info</title>" in opened(PAGE, tmp_path, script=script)


def test_a_link_to_a_rule_stays_one(tmp_path: Path) -> None:
    page = opened(PAGE, tmp_path, hash_="rule-render-failed", script="document.title = location.hash")
    assert "<title>#rule-render-failed</title>" in page


def test_text_from_a_chart_runs_nothing(tmp_path: Path) -> None:
    text = "</script><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
    page = opened(render_report(nasty(text), "html"), tmp_path)
    assert "<title>chartgen report</title>" in page
    assert page.count("<script") == 1
    assert "<img" not in page
    assert shown(page)[-1] == "1 of 2"


def test_a_script_that_is_not_the_page_s_own_is_forbidden(tmp_path: Path) -> None:
    page = PAGE.replace("</main>", "<script>document.title = 'run'</script></main>")
    with pytest.raises(AssertionError, match="Content Security Policy"):
        opened(page, tmp_path)


def test_nothing_found_is_said(tmp_path: Path) -> None:
    page = opened(render_report(EMPTY, "html"), tmp_path)
    assert "no findings in 2 charts, 2 scenarios, 1 object." in page
    assert re.search(r'id="filters" hidden', page)


def test_it_is_no_wider_than_a_telephone(tmp_path: Path) -> None:
    page = render_report(nasty("word" * 100), "html")
    script = "document.title = `${innerWidth} ${document.documentElement.scrollWidth}`"
    title = re.search(r"<title>(\d+) (\d+)</title>", opened(page, tmp_path, script=script, width=390))
    assert title
    window, content = int(title[1]), int(title[2])
    assert content <= window <= 500
