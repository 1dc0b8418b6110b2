import pytest

from chartgen.lint.columns import span
from chartgen.lint.drafts import Spot
from chartgen.location import Location


def marked(line: str, *, key: str = "", value: object = None, inner: bool = False, at_key: bool = False) -> str | None:
    """What of the line would be underlined, or None."""
    found = span(line, Spot(Location("t.yaml", 1), True, key, value, inner, at_key))
    return None if found is None else line[found[0] - 1 : found[1] - 1]


@pytest.mark.parametrize(
    ("line", "value", "expected"),
    [
        ("  image: nginx:latest", "nginx:latest", "nginx:latest"),
        ('  image: "nginx:latest"', "nginx:latest", "nginx:latest"),
        ("  image: {{ .Values.image }}", "nginx:latest", "{{ .Values.image }}"),
        (
            '  image: "{{ .Values.image }}:{{ .Values.tag }}"  # what runs',
            "a:b",
            '"{{ .Values.image }}:{{ .Values.tag }}"',
        ),
        ("- image: nginx", "nginx", "nginx"),
        ("  {{- if .Values.x }}image: nginx{{ end }}", "nginx", "nginx"),
        ("  image: {{ .Values.image }} {{/* image: the image */}}", "x", "{{ .Values.image }}"),
    ],
)
def test_a_value_is_what_stands_behind_its_key(line: str, value: str, expected: str) -> None:
    assert marked(line, key="image", value=value) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("  resources:", "resources"), ("  resources: {}", "resources"), ('  "resources":', '"resources"')],
)
def test_a_map_is_meant_by_its_key(line: str, expected: str) -> None:
    assert marked(line, key="resources", inner=True, at_key=True) == expected


def test_a_line_that_is_one_action_is_meant_as_a_whole() -> None:
    assert marked("    {{- toYaml .Values.resources | nindent 4 }}", key="memory", value="1Gi") == (
        "{{- toYaml .Values.resources | nindent 4 }}"
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [("  - {{ .host | quote }}", "{{ .host | quote }}"), ("  - name: web", "name: web"), ("  - 10.0.0.1", "10.0.0.1")],
)
def test_an_item_is_what_follows_its_dash(line: str, expected: str) -> None:
    assert marked(line, value="x") == expected


@pytest.mark.parametrize(
    "line",
    [
        "  {a: {image: x}, b: {image: y}}",  # the key stands there twice
        '  {{ include "a" . }} {{ include "b" . }}',  # either may have printed it
        "  myimage: x",  # another key
    ],
)
def test_what_cannot_be_told_has_no_column(line: str) -> None:
    assert marked(line, key="image", value="z") is None
