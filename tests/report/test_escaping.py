"""Text from a chart stays text, whatever format it stands in."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from xml.etree.ElementTree import fromstring

import pytest

from chartgen.findings import Finding, Related, Report, Severity, Suppression
from chartgen.location import Location, Pointer
from chartgen.report import FORMATS, render_report

NASTY = [
    "]]>",
    "</pre><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a\nb\r\nc",
    "::error::x",
    "100%25%0A",
    "a,b:c=d",
    "| a | **b** | `c` | [d](http://e) |",
    "&amp; &lt;",
    "'single' \"double\"",
    "\N{GRINNING FACE} \N{FAMILY}\N{ZERO WIDTH JOINER}",
    "\x1b[31m\x07\x9b",
    "\x00\x0b\x0c",
    "\ufffe\uffff",
    "\udc80",
    "\u2028\u2029\x85",
    "<!-- script -->",
    "-->",
    "{{ .Values.x }} {0}",
    "=cmd|' /C calc'!A0",
    "\\",
    "$(id) `id`",
]


def nasty(text: str) -> Report:
    """A report in which everything that can come from a chart is one text."""
    file = f"charts/{text}/x.yaml"
    finding = Finding(
        "floating-image-tag",
        Severity.ERROR,
        f"Pod/{text}: {text}",
        Location(file, 1, 2, 1, 3, Pointer(("spec", text))),
        f"Pod/{text}",
        text,
        (Related(Location(f"{text}.yaml", 3, 4), text),),
        (text,),
        chart=text,
    )
    allowed = finding._replace(suppressed=Suppression(Location(file, 1), text))
    lines = re.split("[\n\r\x0b\x0c\x85\u2028\u2029]", f"line {text}")
    return Report((finding,), (allowed,), (f"charts/{text}",), 1, 1, sources={file: "\n".join(lines)})


@pytest.fixture(params=NASTY, ids=[ascii(text) for text in NASTY])
def report(request: pytest.FixtureRequest) -> Report:
    return nasty(request.param)


@pytest.mark.parametrize("name", FORMATS)
def test_it_can_be_written_as_utf_8_and_moves_no_cursor(report: Report, name: str) -> None:
    text = render_report(report, name)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text)


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab"])
def test_json_is_json(report: Report, name: str) -> None:
    json.loads(render_report(report, name))


def test_xml_is_xml_and_says_the_same(report: Report) -> None:
    root = fromstring(render_report(report, "junit"))
    (failure,) = root.iter("failure")
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("2", "1", "1")
    assert failure.text
    assert failure.text.startswith("error[floating-image-tag]: Pod/")


def test_a_finding_is_one_workflow_command(report: Report) -> None:
    (line,) = render_report(report, "github").split("\n")[:-1]
    match = re.fullmatch(
        r"::error file=([^,:]*),line=1,endLine=1,col=2,endColumn=3,title=floating-image-tag::(.*)", line
    )
    assert match
    assert not re.search(r"%(?!25|0A|0D|3A|2C)", match[0])


def test_a_workflow_command_says_what_the_finding_says() -> None:
    line = render_report(nasty("a%b,c:d\ne"), "github")
    assert "file=charts/a%25b%2Cc%3Ad%0Ae/x.yaml" in line
    assert "::charts/a%25b,c:d%0Ae/x.yaml:1:2: Pod/a%25b,c:d%0Ae: a%25b,c:d%0Ae [floating-image-tag]" in line


def test_a_table_row_is_one_row_with_four_cells(report: Report) -> None:
    text = render_report(report, "markdown")
    rows = [line for line in text.split("\n") if line.startswith("| ")]
    assert [len(re.findall(r"(?<!\\)\|", row)) for row in rows] == [5, 5, 5, 5]
    prose = re.sub(r"`[^`\n]*`", "", text)
    assert not re.search(r"<(?!br>|/?details>|/?summary>)", prose)


class Page(HTMLParser):
    """What a browser makes of a page: which elements there are, with which attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_has_the_same_elements_whatever_the_text(report: Report) -> None:
    page, plain = Page(), Page()
    page.feed(render_report(report, "html"))
    plain.feed(render_report(nasty("plain"), "html"))
    assert page.elements == plain.elements
    assert page.attributes == plain.attributes


def test_a_page_shows_the_text_itself() -> None:
    page = Page()
    page.feed(render_report(nasty("<b>&amp;</b>"), "html"))
    assert "Pod/<b>&amp;</b>: <b>&amp;</b>" in page.text


def test_a_place_is_a_uri() -> None:
    log = json.loads(render_report(nasty('ä b%?#[]"\\'), "sarif"))
    (place,) = log["runs"][0]["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"] == {
        "uri": "charts/%C3%A4%20b%25%3F%23%5B%5D%22//x.yaml",
        "uriBaseId": "%SRCROOT%",
    }
