"""Laws of the template parser and of following: nothing raises, nothing is lost, more templates never read less."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from chartgen.chart.model import Chart
from chartgen.rules.base import ChartContext
from chartgen.templates.analysis import Analysis
from chartgen.templates.parse import parse
from chartgen.templates.syntax import Node

_PARTS = [
    "{{", "}}", "{{-", "-}}", " ", "\n", "if", "else", "end", "with", "range", "define", "block", "template",
    "include", "tpl", "dict", "list", "set", "merge", "index", "default", "toYaml", "and", "not", "break", ".",
    ".Values", ".a.b", "$", "$x", ":=", "=", ",", "|", "(", ")", '"x"', "`x`", "'x'", "1", "-1.5e3", "true", "nil",
    "/*", "*/", "key: ", "#", "\u00e4", "\0", "{", "}", '"', "`", "'", "\\",
]  # fmt: skip
_soup = st.lists(st.sampled_from(_PARTS), max_size=40).map("".join)
_texts = st.one_of(st.text(max_size=80), _soup)

_paths = st.sampled_from([".Values.a", ".Values.a.b", ".Values.c", "$.Values.d.e", "$x", ".", ".b"])
_values = st.one_of(
    _paths,
    _paths.map(lambda path: f"({path} | default .Values.f)"),
    _paths.map(lambda path: f'(dict "a" {path} "context" $)'),
    _paths.map(lambda path: f'(index .Values "g" "h" | default {path})'),
)
_actions = st.one_of(
    _values.map(lambda value: f"{{{{ {value} }}}}"),
    _values.map(lambda value: f"{{{{ toYaml {value} | nindent 2 }}}}"),
    _values.map(lambda value: f"{{{{ $x := {value} }}}}"),
    _values.map(lambda value: f'{{{{ include "helper" {value} }}}}'),
    _values.map(lambda value: f"{{{{ tpl (toString {value}) $ }}}}"),
)
_bodies = st.recursive(
    st.lists(_actions, max_size=3).map("".join),
    lambda inner: st.tuples(st.sampled_from(["if", "with", "range"]), _values, inner, inner).map(
        lambda drawn: f"{{{{ {drawn[0]} {drawn[1]} }}}}{drawn[2]}{{{{ else }}}}{drawn[3]}{{{{ end }}}}"
    ),
    max_leaves=6,
)
_HELPER = '{{ define "helper" }}{{ .a }}{{ with .context }}{{ .Values.z }}{{ end }}{{ include "helper" . }}{{ end }}'
_VALUES = "a: {b: 1}\nc: '{{ .Values.y }}'\nd: {e: [1]}\ng: {h: x}\n"


@given(_texts)
@settings(max_examples=400, deadline=None)
def test_any_text_is_parsed_and_covered(text: str) -> None:
    template = parse(text)
    assert "".join(text[piece.start : piece.end] for piece in template.pieces) == text
    for node in _all(template.nodes):
        assert 0 <= node.start <= node.head <= node.end <= len(text)
    for call in template.calls:
        assert 0 <= call.start < call.end <= len(text)


@given(_bodies)
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_is_parsed_without_an_error(body: str) -> None:
    assert parse(body).error is None


@given(_bodies, _bodies)
@settings(max_examples=80, deadline=None)
def test_more_templates_read_no_less(one: str, other: str) -> None:
    alone, both = (_reads({"templates/a.yaml": one}), _reads({"templates/a.yaml": one, "templates/b.yaml": other}))
    assert alone.touched <= both.touched
    assert alone.whole <= both.whole


@given(_texts)
@settings(max_examples=150, deadline=None)
def test_following_never_raises(text: str) -> None:
    _reads({"templates/a.yaml": text})


def _reads(files: dict[str, str]):  # type: ignore[no-untyped-def]
    chart = Chart.of({"Chart.yaml": "name: x", "values.yaml": _VALUES, "templates/_helpers.tpl": _HELPER, **files})
    return Analysis(chart, ChartContext(chart).data).reads


def _all(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all((*node.body, *node.other))
