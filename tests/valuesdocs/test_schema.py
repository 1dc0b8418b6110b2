"""The schema inferred for a chart's values: what it says of each value, and that it refuses nothing that works."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.errors import InvalidInput
from chartgen.valuesdocs.schema import SCHEMA, is_own, is_strict, judged, values_schema

LIST_GOES_ON = "        {{- toYaml .Values.a | nindent 8 }}\n"
DEEPER = "            {{- toYaml .Values.a | nindent 12 }}\n"
POD = "  template:\n    spec:\n"
POD_META = "  template:\n    metadata:\n"
HEAD = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: x\nspec:\n"


def chart(values: str, template: str = "", **files: str) -> Chart:
    named = {name.replace("__", "/"): text for name, text in files.items()}
    return Chart.of(
        {
            "Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
            "values.yaml": values,
            "templates/x.yaml": template,
            **{"ci/test-values.yaml" if name == "ci" else name: text for name, text in named.items()},
        },
        metadata={"name": "c"},
    )


def schema(values: str, template: str = "", *, strict: bool = False) -> dict[str, Any]:
    made = json.loads(values_schema(chart(values, template), strict=strict))
    assert isinstance(made, dict)
    return made


def property_of(values: str, template: str = "", **files: str) -> dict[str, Any]:
    """What the schema says of the value ``a``."""
    found: dict[str, Any] = json.loads(values_schema(chart(values, template, **files)))["properties"]["a"]
    return found


@pytest.mark.parametrize(
    ("values", "template", "expected"),
    [
        ("a: true\n", "{{ if .Values.a }}x{{ end }}", "boolean"),
        ("a: true\n", "x: {{ .Values.a }}", ["boolean", "string"]),
        ("a: 1\n", "x: {{ .Values.a }}", ["number", "string"]),
        ("a: x\n", "x: {{ .Values.a }}", ["string", "number", "boolean"]),
        ("a: ''\n", "x: {{ .Values.a | quote }}", ["string", "number", "boolean"]),
        ("a: ''\n", "x: {{- toYaml .Values.a | nindent 2 }}", ["string", "object", "array", "number", "boolean"]),
        ("a: [x]\n", "x: {{- toYaml .Values.a | nindent 2 }}", "array"),
        ("a: []\n", "{{ range .Values.a }}{{ . }}{{ end }}", ["array", "object"]),
        ("a: []\n", "{{ range .Values.a }}{{ . }}{{ end }}{{ first .Values.a }}", "array"),
        ("a: {}\n", "x: {{- toYaml .Values.a | nindent 2 }}", ["object", "array"]),
        ("a: {}\n", "{{ if hasKey .Values.a `b` }}x{{ end }}", "object"),
        ("a: {}\n", "{{ .Values.a.b }}", "object"),
        ("a: {b: 1}\n", "{{ .Values.a.b }}", "object"),
        ("a:\n", "{{ .Values.a | trunc 63 }}", ["string", "null"]),
        ("a:\n", "{{ range .Values.a }}x{{ end }}", ["object", "array", "integer", "null"]),
        ("a:\n", "x: {{ .Values.a }}", None),
        ("# -- (int/string) Port\na:\n", "x: {{ .Values.a }}", ["string", "integer", "null"]),
        ("# -- (see there) Port\na:\n", "x: {{ .Values.a }}", None),
        # What a template demands: any other value would end the render.
        ("a: 1\n", "{{ .Values.a | trunc 63 }}", ["integer", "string"]),
        ("a: x\n", "{{ .Values.a | trunc 63 }}", "string"),
        ("a: x\n", '{{ if eq .Values.a "y" }}x{{ end }}', "string"),
        ("a: x\n", "{{ tpl .Values.a . }}", "string"),
        ("a: x\n", "{{ .Values.a | toString | trunc 63 }}", ["string", "number", "boolean"]),
        ("a: x\n", '{{ include "n" .Values }}{{ define "n" }}{{ .a | trunc 63 }}{{ end }}', "string"),
        ("a: 2\n", "{{ if gt .Values.a 1.0 }}x{{ end }}", "number"),
        # What asks for the kind takes several.
        ("a: x\n", '{{ if kindIs "string" .Values.a }}{{ trunc 5 .Values.a }}{{ end }}', None),
        ("a: {}\n", "x: {{ tpl (toYaml .Values.a) . }}", ["object", "array", "string"]),
    ],
)
def test_types(values: str, template: str, expected: Any) -> None:
    assert property_of(values, template).get("type") == expected


@pytest.mark.parametrize(
    ("values", "template", "expected"),
    [
        ("a: 1\n", "  replicas: {{ .Values.a }}\n", {"type": ["integer", "string"], "pattern": "^[0-9]*$"}),
        ("a:\n", "  replicas: {{ .Values.a }}\n", {"type": ["string", "integer", "null"], "pattern": "^[0-9]*$"}),
        ("a: ''\n", "  paused: {{ .Values.a }}\n", {"type": ["string", "boolean"], "pattern": "^(true|false)?$"}),
        ("a: many\n", "  replicas: {{ .Values.a }}\n", {"type": ["string", "integer"]}),
        ("a: 1\n", "  replicas: {{ .Values.a | quote }}\n", {"type": ["number", "string"]}),
        ("a: 1\n", "  replicas: 1{{ .Values.a }}\n", {"type": ["number", "string"]}),
        ("a: 1\n", "  unknown: {{ .Values.a }}\n", {"type": ["number", "string"]}),
        ("a: Recreate\n", "  strategy:\n    type: {{ .Values.a }}\n", {"type": "string"}),
        ("a: {}\n", "  strategy: {{- toYaml .Values.a | nindent 4 }}\n", {"type": "object"}),
        (
            "a: {}\n",
            "  {{- with .Values.a }}\n  strategy:\n    {{- toYaml . | nindent 4 }}\n  {{- end }}\n",
            {"type": "object"},
        ),
        ("a: []\n", POD + "      tolerations:\n      {{- toYaml .Values.a | nindent 6 }}\n", {"type": "array"}),
        (
            "a: []\n",
            f"{POD}      volumes:\n        - name: x\n          emptyDir: {{}}\n" + LIST_GOES_ON,
            {"type": "array"},
        ),
        (
            "a: {}\n",
            f"{POD}      containers:\n        - name: x\n          resources:\n" + DEEPER,
            {"type": "object"},
        ),
        (
            "a: 1\n",
            POD + "      containers:\n        - ports:\n            - containerPort: {{ .Values.a }}\n",
            {"type": ["integer", "string"], "pattern": "^[0-9]*$"},
        ),
        (
            "a: {}\n",
            POD_META + "      labels:\n        x: y\n        {{- toYaml .Values.a | nindent 8 }}\n",
            {"type": "object"},
        ),
        # In a text of several lines there are no fields.
        (
            "a: 1\n",
            POD_META + "      annotations:\n        x: |\n          replicas: {{ .Values.a }}\n",
            {"type": ["number", "string"]},
        ),
    ],
)
def test_fields_of_kubernetes(values: str, template: str, expected: dict[str, Any]) -> None:
    found = property_of(values, HEAD + template)
    assert {key: found[key] for key in ("type", "pattern") if key in found} == expected


def test_a_kind_that_templates_write_is_not_guessed() -> None:
    template = "kind: {{ .Values.kind }}\napiVersion: apps/v1\nspec:\n  replicas: {{ .Values.a }}\n"
    assert property_of("a: 1\nkind: Deployment\n", template)["type"] == ["number", "string"]


def test_what_tests_give_is_allowed() -> None:
    found = property_of("a: x\n", "{{ .Values.a | trunc 5 }}", ci="a: [1]\n")
    assert found["type"] == ["string", "array"]
    pattern = property_of("a: 1\n", HEAD + "  replicas: {{ .Values.a }}\n", ci="a: many\n")
    assert "pattern" not in pattern


def test_descriptions_and_defaults() -> None:
    values = "# -- Of a\na: 1\nb: {c: x}\n## @section S\n## @param d Of d\nd: []\n"
    found = schema(values, "{{ toYaml .Values }}")["properties"]
    assert found["a"] == {"description": "Of a", "type": ["number", "string"], "default": 1}
    assert found["b"]["properties"]["c"]["default"] == "x"
    assert (found["d"]["description"], "default" in found["d"]) == ("Of d", False)


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# @schema\n# type: integer\n# minimum: 1\n# @schema\n", {"type": "integer", "minimum": 1, "default": 1}),
        (
            "# @schema\n# type: [integer, null]\n# @schema\n# -- Of a\n",
            {"description": "Of a", "type": ["integer", "null"], "default": 1},
        ),
        ("# @schema\n# enum: [1, 2]\n# default: 2\n# @schema\n", {"enum": [1, 2], "default": 2}),
        ("# @schema\n# title: A\n# @schema\n", {"type": ["number", "string"], "default": 1, "title": "A"}),
        (
            "# @schema type:[integer, null];minimum:1;title:The a: b\n",
            {"type": ["integer", "null"], "minimum": 1, "title": "The a: b", "default": 1},
        ),
        ("# @schema hidden\n", {}),
    ],
)
def test_schema_comments_have_the_last_word(comment: str, expected: dict[str, Any]) -> None:
    assert property_of(f"{comment}a: 1\n", "{{ .Values.a }}") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('a: "x;y" # @schema pattern:^x;y?', {"pattern": "^x"}),
        ("a: x # @schema pattern:^[a-z;]+$;maxLength:3", {"pattern": "^[a-z;]+$", "maxLength": 3}),
        ("a: [] # @schema item:string;uniqueItems:true", {"items": {"type": "string"}, "uniqueItems": True}),
        (
            "a: {} # @schema additionalProperties:false;minProperties: 0",
            {"additionalProperties": False, "minProperties": 0},
        ),
        (
            'a: {} # @schema patternProperties:{"^[a-z;]+$": {"type": "string"}}',
            {"patternProperties": {"^[a-z;]+$": {"type": "string"}}},
        ),
    ],
)
def test_schema_comments_behind_a_value(line: str, expected: dict[str, Any]) -> None:
    found = property_of(f"{line}\n")
    assert {key: found[key] for key in expected} == expected


def test_required_is_asked_of_the_map() -> None:
    found = schema("# @schema required\na: 1\nb:\n  # @schema\n  # required: true\n  # @schema\n  c: 1\n  d: 1\n")
    assert found["required"] == ["a"]
    assert found["properties"]["b"]["required"] == ["c"]


def test_below_skipped_properties_nothing_is_said() -> None:
    assert "properties" not in property_of("a: {b: {c: 1}} # @schema skipProperties:true\n")


def test_the_root_has_its_own_block() -> None:
    found = schema("# @schema.root\n# title: C\n# additionalProperties: false\n# @schema.root\na: 1\n")
    assert (found["title"], found["additionalProperties"]) == ("C", False)


def test_definitions_of_the_root_can_be_referred_to() -> None:
    values = "# @schema.root\n# $defs: {p: {type: integer}}\n# @schema.root\n\na: 1 # @schema $ref:#/$defs/p\n"
    found = schema(values)
    assert found["properties"]["a"] == {"default": 1, "$ref": "#/$defs/p"}
    with pytest.raises(InvalidInput, match=r"^\$ref '/\$defs/q' leads nowhere$"):
        values_schema(chart("a: 1 # @schema $ref:#/$defs/q\n"))


def test_modifiers_of_parameters() -> None:
    values = "## @section S\n## @param a [string,nullable] Of a\na:\n## @param b [array] Of b\nb: ''\n"
    found = schema(values, "{{ .Values.a }}{{ toYaml .Values.b }}")["properties"]
    assert found["a"]["type"] == ["string", "null"]
    assert found["b"]["type"] == ["string", "array", "number", "boolean"]


@pytest.mark.parametrize(
    ("values", "message", "line"),
    [
        ("# @schema\n# type: integer\na: 1\n", "'# @schema' is not closed by a second one", 3),
        ("# @schema\n# - x\n# @schema\na: 1\n", "@schema is no mapping of keywords", 4),
        (
            "# @schema\n# type: int\n# @schema\na: 1\n",
            "@schema type: 'int' is not valid under any of the given schemas",
            4,
        ),
        (
            "# @schema $ref:https://example.com/x.json\na: 1\n",
            "@schema $ref: 'https://example.com/x.json' leads out of the schema, so that it cannot be checked",
            2,
        ),
        ("# @schema minimum:few\na: 1\n", "@schema minimum: 'few' is not of type 'number'", 2),
        ("# @schema\n# type: integer\n# @schema\na: x\n", "a: 'x' is not of type 'integer'", 4),
        pytest.param("a: " + "x" * (16 << 20), "is larger than 16 MiB", None, id="large"),
        ("a: [\n", "did not find expected node content while parsing a flow node", 2),
        ("- a\n", "is no mapping of values", 1),
    ],
)
def test_what_cannot_be_made(values: str, message: str, line: int | None) -> None:
    with pytest.raises(InvalidInput) as caught:
        values_schema(chart(values))
    assert (caught.value.problems[0].message, caught.value.problems[0].location.line) == (message, line)


def test_comments_that_refuse_values_for_tests_are_told_with_their_place() -> None:
    with pytest.raises(InvalidInput) as caught:
        values_schema(chart("b: 1\na: 1 # @schema type:integer\n", ci="b: 2\na: few\n"))
    (problem,) = caught.value.problems
    assert problem.message == "a: 'few' is not of type 'integer'"
    assert (problem.location.file, problem.location.line) == ("ci/test-values.yaml", 2)


def test_globals_and_subcharts_stay_open() -> None:
    metadata = "apiVersion: v2\nname: sub\nversion: 1.0.0\n"
    files = {"charts__sub__Chart.yaml": metadata, "charts__sub__values.yaml": "x: 1\n"}
    found = json.loads(values_schema(chart("a: 1\nsub: {x: 2}\n", "{{ .Values.a }}", **files), strict=True))
    assert found["properties"]["global"] == {"type": "object"}
    assert found["properties"]["sub"] == {"type": "object"}
    assert found["additionalProperties"] is False


def test_a_closed_schema_takes_the_condition_of_a_chart_that_depends_on_it() -> None:
    made = chart("a: 1\n", "{{ .Values.a }}")
    assert json.loads(values_schema(made, strict=True))["properties"]["enabled"] == {"type": "boolean"}
    assert "enabled" not in json.loads(values_schema(made, strict=False))["properties"]
    own = chart("enabled: no\n", "{{ .Values.enabled }}")
    assert json.loads(values_schema(own, strict=True))["properties"]["enabled"]["default"] is False


def test_strict_closes_what_templates_read_key_by_key() -> None:
    template = "{{ .Values.a.b }}{{ .Values.a.unset }}{{ toYaml .Values.free }}"
    template += "{{ range $k, $v := .Values.each }}{{ $k }}{{ end }}"
    found = schema("a: {b: 1}\nfree: {x: 1}\neach: {x: 1}\n", template, strict=True)
    assert found["additionalProperties"] is False
    assert found["properties"]["a"] == {
        "type": "object",
        "properties": {"b": {"type": "integer", "default": 1}, "unset": {}},
        "additionalProperties": False,
    }
    for name in ("free", "each"):
        assert "additionalProperties" not in found["properties"][name]


def test_strict_closes_nothing_where_templates_cannot_be_followed() -> None:
    assert "additionalProperties" not in schema("a: 1\n", "{{ if }}", strict=True)


def test_nothing_is_closed_unasked() -> None:
    assert "additionalProperties" not in json.dumps(schema("a: {b: 1}\n", "{{ .Values.a.b }}"))


def test_a_schema_knows_whether_it_was_made_here() -> None:
    plain, strict = (values_schema(chart("a: 1\n"), strict=strict) for strict in (False, True))
    assert (is_own(plain), is_own(strict), is_own("{}"), is_own("[")) == (True, True, False, False)
    assert (is_strict(plain), is_strict(strict)) == (False, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON: Expecting property name enclosed in double quotes"),
        ('{"type": "int"}', "is no JSON Schema: type: 'int' is not valid under any of the given schemas"),
        ('{"properties": {"a": {"type": "string"}}}', "a: 1 is not of type 'string'"),
        ('{"properties": {"a": {"type": "integer"}}}', ""),
        ("true", ""),
    ],
)
def test_a_schema_of_somebody_else_has_to_accept_the_values(text: str, message: str) -> None:
    found = judged(chart("a: 1\n", **{SCHEMA: text}))
    assert [problem.message for problem in found] == ([message] if message else [])
