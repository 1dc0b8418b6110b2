"""Go templates are parsed as Go does, with the place of everything, and what Go refuses ends in an error."""

from __future__ import annotations

import pytest

from chartgen.templates.parse import parse
from chartgen.templates.syntax import Expr, Node
from chartgen.templates.tokens import unquoted


def told(part: Expr | None) -> str:
    """An expression in one line, its structure in brackets."""
    if part is None:
        return ""
    inner = " ".join(map(told, part.args))
    names = "".join(f".{name}" for name in part.names)
    match part.kind:
        case "pipe":
            set_to = f"{','.join(part.names)} {part.value} " if part.names else ""
            return set_to + "(" + " | ".join(map(told, part.args)) + ")"
        case "call":
            return inner
        case "field":
            return names
        case "variable":
            return part.value + names
        case "chain":
            return inner + names
        case "string":
            return repr(part.value)
        case "dot" | "nil":
            return "." if part.kind == "dot" else "nil"
    return str(part.value)


@pytest.mark.parametrize(
    ("action", "structure"),
    [
        ("{{ .Values.a.b }}", "(.Values.a.b)"),
        ("{{ . }}", "(.)"),
        ("{{ $ }}", "($)"),
        ("{{ $.Values.a }}", "($.Values.a)"),
        ("{{ $x.b-1 }}", None),
        ("{{ nil }}", "(nil)"),
        ("{{ true }}{{ false }}", "(True)"),
        ('{{ "a\\tb\\"" }}', "('a\\tb\"')"),
        ("{{ `a\\tb` }}", "('a\\\\tb')"),
        ("{{ 'x' }}", "('x')"),
        ("{{ -1.5e+3 }}", "(-1.5e+3)"),
        ("{{ 0x1F }}", "(0x1F)"),
        ("{{ f }}", "(f)"),
        ("{{ f .a $b 1 }}", "(f .a $b 1)"),
        ("{{ .a | f 1 | g }}", "(.a | f 1 | g)"),
        ("{{ .a | }}", "(.a)"),
        ("{{ f (g .a) }}", "(f (g .a))"),
        ("{{ (f .a).b.c }}", "((f .a).b.c)"),
        ("{{ ((.a).b).c }}", "(((.a).b).c)"),
        ("{{ merge.Values.a .b }}", "((merge).Values.a .b)"),
        ("{{ .a.B.c .d }}", "(.a.B.c .d)"),
        ("{{ $x := .a }}", "$x := (.a)"),
        ("{{ $x = .a }}", "$x = (.a)"),
        ("{{- .a -}}", "(.a)"),
        ("{{.a}}", "(.a)"),
        ("{{\n  f\n    .a\n}}", "(f .a)"),
        ("{{ f .Values.\u00e4 }}", "(f .Values.\u00e4)"),
        ('{{ "}}" }}', "('}}')"),
    ],
)
def test_expressions(action: str, structure: str | None) -> None:
    template = parse(action)
    if structure is None:
        assert template.error is not None or told(template.nodes[0].pipe) != ""
        return
    assert template.error is None, template.error
    assert told(template.nodes[0].pipe) == structure


def kinds(nodes: tuple[Node, ...]) -> list[object]:
    """The structure of blocks; text left out."""
    found: list[object] = []
    for node in nodes:
        if node.kind == "text":
            continue
        inner = [kinds(part) for part in (node.body, node.other) if part]
        found.append((node.kind, *inner) if inner else node.kind)
    return found


@pytest.mark.parametrize(
    ("text", "structure"),
    [
        ("a", []),
        ("{{/* a }} b */}}", ["comment"]),
        ("{{- /* a */ -}}", ["comment"]),
        ("{{ if .a }}{{ .b }}{{ end }}", [("if", ["action"])]),
        ("{{ if .a }}{{ .b }}{{ else }}{{ .c }}{{ end }}", [("if", ["action"], ["action"])]),
        (
            "{{ if .a }}{{ .b }}{{ else if .c }}{{ .d }}{{ else }}{{ .e }}{{ end }}{{ .f }}",
            [("if", ["action"], [("if", ["action"], ["action"])]), "action"],
        ),
        ("{{ with .a }}{{ . }}{{ else with .b }}{{ . }}{{ end }}", [("with", ["action"], [("with", ["action"])])]),
        ("{{ range $i, $x := .a }}{{ break }}{{ continue }}{{ end }}", [("range", ["break", "continue"])]),
        ('{{ define "x" }}{{ .a }}{{ end }}{{ template "x" . }}', [("define", ["action"]), "template"]),
        ('{{ block "x" .b }}{{ .a }}{{ end }}', [("block", ["action"])]),
        ("{{- if .a -}}{{- end -}}", ["if"]),
    ],
)
def test_blocks(text: str, structure: list[object]) -> None:
    template = parse(text)
    assert template.error is None, template.error
    assert kinds(template.nodes) == structure


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ .a", "an action is never closed"),
        ("{{ end }}", "nothing is open that 'end' could belong to"),
        ("{{ else }}", "nothing is open that 'else' could belong to"),
        ("{{ if .a }}", "if is never ended"),
        ("{{ if .a }}{{ else }}{{ else }}{{ end }}", "there is nothing this else belongs to"),
        ('{{ define "x" }}{{ else }}{{ end }}', "there is nothing this else belongs to"),
        ("{{ if }}{{ end }}", "a condition is missing"),
        ("{{ }}", "an action is empty"),
        ("{{/* a", "a comment is never closed"),
        ('{{ "a }}', "unexpected '\"'"),
        ("{{ | f }}", "unexpected '|'"),
        ("{{ .a | 1 }}", "what stands behind a '|' is no function"),
        ("{{ (.a }}", "unexpected '}}'"),
        ("{{ .a ) }}", "unexpected ')'"),
        ("{{ f () }}", "there is nothing in the brackets"),
        ("{{ ! }}", "unexpected '!'"),
        ("{{ define x }}{{ end }}", "define needs a name in quotes"),
        ("{{ /* a */}}", "unexpected '/'"),
        ("{{ f 1.a }}", "'1.a' is no number"),
        ('{{ f "a"1 }}', "a space is missing before '1'"),
        ("{{ range .a }}{{ else if .b }}{{ end }}", "unexpected 'if'"),
        ("{{ if .a }}{{ else with .b }}{{ end }}", "unexpected 'with'"),
        ("{{ f if }}", "unexpected 'if'"),
        ("{{ " + "(" * 200 + ".a" + ")" * 200 + " }}", "brackets are nested too deeply"),
        ("{{ if .a }}" * 200, "blocks are nested too deeply"),
    ],
)
def test_what_go_refuses(text: str, message: str) -> None:
    error = parse(text).error
    assert error is not None
    assert str(error.message) == message


def test_what_is_good_before_an_error_is_kept() -> None:
    template = parse("{{ .a }}b{{ if .c }}{{ .d }}{{ ! }}e")
    assert kinds(template.nodes) == ["action", ("if", ["action"])]
    assert template.error is not None
    assert template.position(template.error.at) == (1, 29)


def test_everything_has_its_place() -> None:
    text = "a: {{ .Values.a }}\nb:\n  {{- with .Values.b }}\n  c: {{ f (g .c).d | quote }}\n  {{- end }}\n"
    template = parse(text)
    assert "".join(text[piece.start : piece.end] for piece in template.pieces) == text
    block = template.nodes[3]
    assert template.source(block) == "{{- with .Values.b }} c: {{ f (g .c).d | quote }} {{- end }}"
    assert text[block.start : block.head] == "{{- with .Values.b }}"
    assert [template.source(call) for call in template.calls] == ["g .c", "f (g .c).d", "quote"]
    where = template.location("templates/x.yaml", template.calls[1].start, template.calls[1].end)
    assert (where.line, where.column, where.end_line, where.end_column) == (4, 9, 4, 19)
    assert [(piece.trims_left, piece.trims_right) for piece in template.pieces if piece.kind == "action"] == [
        (False, False),
        (True, False),
        (False, False),
        (True, False),
    ]


def test_offsets_and_positions_are_inverse() -> None:
    template = parse("a\n\nb{{ .c }}\n")
    for offset in range(len(template.text)):
        assert template.offset(*template.position(offset)) == offset


@pytest.mark.parametrize(
    ("literal", "text"),
    [('"a"', "a"), (r'"\n\x41\u00e9\U0001F600\101\\"', "\nA\u00e9\U0001f600A\\"), (r"`\n`", r"\n"), (r'"\'"', "'")],
)
def test_literals_of_go(literal: str, text: str) -> None:
    assert unquoted(literal) == text
