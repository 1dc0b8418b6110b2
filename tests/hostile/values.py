"""Values, Chart.yaml and scenarios that blow up when they are read, laid over each other, or checked."""

from __future__ import annotations

import json

from tests.hostile.case import Case, chart

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: 'a:1'}]}\n"


def laughs(levels: int = 12, width: int = 10) -> str:
    """Aliases of aliases: a few lines that are width ** levels values."""
    lines = ["a0: &a0 [lol]"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]")
    return "\n".join(lines) + "\n"


def merges(levels: int = 30) -> str:
    """Merge keys that double what they take in at each level."""
    lines = ["a0: &a0 {x: 1}"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} {{<<: *a{level - 1}, k{level}: *a{level - 1}}}")
    return "\n".join(lines) + "\n"


def nested(levels: int = 10_000) -> str:
    return "a: " + "[" * levels + "]" * levels + "\n"


def indented(levels: int = 2_000) -> str:
    return "".join(f"{' ' * level}a:\n" for level in range(levels)) + f"{' ' * levels}b: 1\n"


def reference(levels: int) -> dict[str, object]:
    schema: dict[str, object] = {"type": "object"}
    for _ in range(levels):
        schema = {"allOf": [schema]}
    return schema


BLOWING_UP = {
    "aliases": laughs(),
    "merges": merges(),
    "an-alias-in-itself": "a: &a [*a]\n",
    "a-map-in-itself": "a: &a {b: *a}\n",
    "ten-thousand-brackets": nested(),
    "two-thousand-indents": indented(),
    "an-open-bracket-a-hundred-thousand-times": "a: " + "[" * 100_000,
    "twenty-thousand-keys": "".join(f"k{number}: {number}\n" for number in range(20_000)),
    "six-hundred-thousand-items": "a:\n" + "- 1\n" * 600_000,
    "a-line-of-ten-megabytes": "a: " + "x" * (10 << 20) + "\n",
    "a-key-of-a-megabyte": "x" * (1 << 20) + ": 1\n",
    "twenty-thousand-anchors": "".join(f"k{number}: &a{number} 1\n" for number in range(20_000)),
    "twenty-thousand-documents": "a: 1\n---\n" * 20_000,
    "no-utf-8": b"a: \xff\xfe\n",
    "utf-16": "a: 1\n".encode("utf-16"),
    "nul": b"a: \0\n",
    "control-characters": 'a: "\\e[31m\\n\\0"\nb\x1b: 1\n',
    "a-number-of-a-hundred-thousand-digits": "a: " + "9" * 100_000 + "\nb: 1e999999999\nc: 0x" + "f" * 100_000 + "\n",
    "sexagesimals": "a: 190:20:30\nb: " + ":".join(["59"] * 20_000) + "\n",
    "spaces": "a:" + " " * 1_000_000 + "b\n" + "\n" * 100_000,
    "dashes": "- " * 20_000 + "\n",
    "question-marks": "? " * 20_000 + "\n",
    "no-mapping": "just a text\n",
    "tags": "a: !!python/object/apply:os.system ['id']\nb: !<tag:x> 1\nc: !!binary aGVsbG8=\n",
    "comments": "# x\n" * 200_000 + "a: 1\n",
    "quotes-that-never-end": "a: '" + "x\n" * 100_000,
    "templates": "".join(f"k{number}: '{{{{ tpl .Values.k{number} . }}}}'\n" for number in range(3_000)),
}


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


VALUES = {
    **{f"values-{name}": Case(chart(POD, values=text)) for name, text in BLOWING_UP.items()},
    **{
        f"chart-yaml-{name}": Case(
            chart(POD, **{"Chart.yaml": b"apiVersion: v2\nname: a\nversion: 1.0.0\n" + _bytes(text)})
        )
        for name, text in BLOWING_UP.items()
    },
    **{f"scenario-{name}": Case(chart(POD, **{"ci/x-values.yaml": text})) for name, text in BLOWING_UP.items()},
}


SCHEMAS = {
    "a-schema-on-a-host": {"$ref": "https://example.com/schema.json"},
    "a-schema-in-a-file": {"$ref": "file:///etc/passwd"},
    "a-schema-that-is-itself": {"$ref": "#"},
    "a-schema-in-circles": {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}},
    "a-schema-of-ten-thousand-levels": None,
    "a-pattern-that-backtracks": {"properties": {"a": {"pattern": "^(a+)+$"}}},
    "a-pattern-that-is-none": {"properties": {"a": {"pattern": "("}}},
    "a-schema-that-doubles": {
        "$ref": "#/$defs/d0",
        "$defs": {
            **{f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}, {"$ref": f"#/$defs/d{n + 1}"}]} for n in range(40)},
            "d40": {"type": "object"},
        },
    },
    "a-schema-with-twenty-thousand-keys": {"properties": {f"k{n}": {"type": "string"} for n in range(20_000)}},
    "a-schema-of-combinations": {"anyOf": [{"oneOf": [{"required": [f"k{n}"]} for n in range(300)]}] * 300},
    "a-schema-of-another-kind": {"$schema": "https://example.com/other"},
}


def schema_text(name: str) -> str:
    if name == "a-schema-of-ten-thousand-levels":
        return '{"allOf": [' * 10_000 + "{}" + "]}" * 10_000
    return json.dumps(SCHEMAS[name])


BY_SCHEMA = {
    name: Case(chart(POD, values=f"a: {'a' * 40}!\nb: {{}}\n", **{"values.schema.json": schema_text(name)}))
    for name in SCHEMAS
} | {
    f"schema-{name}": Case(chart(POD, **{"values.schema.json": text}))
    for name, text in {
        "nul": b"{\0}",
        "no-utf-8": b'{"a": "\xff"}',
        "utf-16": '{"type": "object"}'.encode("utf-16"),
        "no-json": "type: object",
        "true": "true",
        "list": "[]",
        "deep": "[" * 100_000,
        "long": '{"title": "' + "x" * (10 << 20) + '"}',
        "number": '{"maximum": 1' + "0" * 100_000 + "}",
    }.items()
}
