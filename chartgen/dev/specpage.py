"""docs/spec.md: every key of the app spec, from the schema that checks it, and the list of keys in README.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from chartgen.dev.cells import cell, flow
from chartgen.generate.valuetree import yaml_block
from chartgen.spec.defaults import INHERITED
from chartgen.spec.phrases import TYPES, either
from chartgen.tuples import NamedTuple
from chartgen.yamlread import read

PATH = "docs/spec.md"

GROUPS: dict[str, tuple[str, ...]] = {
    "The application": ("apiVersion", "name", "version", "description"),
    "What runs": ("image", "kind", "command", "args", "init", "sidecars", "resources"),
    "When it runs": (
        "schedule", "timezone", "concurrency", "deadline", "history", "suspend", "run", "backoff", "timeout", "ttl",
        "completions", "parallelism", "ordered",
    ),
    "How it is reached": ("port", "ports", "service", "ingress", "network"),
    "What it is given": ("env", "secrets", "files", "volumes", "needs"),
    "How it stays up": ("health", "replicas", "vpa", "shutdown", "lifecycle"),
    "How it is watched": ("metrics", "monitoring"),
    "What it may do": ("security", "identity", "permissions"),
    "What else there is": ("labels", "annotations", "extra"),
    "Several of it": ("workloads", "environments"),
}  # fmt: skip
"""The keys in the order of the page; those that the schema does not have are passed over."""

COMMON = 12
"""Of a key that so many specs have nobody needs to be shown one."""

_HEAD = """\
# The app spec

Every key of a spec: what it means, what it may be, what it is when it is left out. `chartgen schema` prints the JSON
Schema that this page is made from, which gives an editor completion and help on each key; `chartgen validate` reports
all that is wrong with a spec at once.

- A scalar is short for an object with named keys, and both give the same chart: `ingress: shop.example.com` is
  `ingress: {host: shop.example.com}`.
- What there may be several of is a mapping by name, never a list of things with names.
- A duration is `90s`, `5m`, `1h30m`, or seconds as a number. A quantity is Kubernetes' `250m`, `512Mi`.
- With one workload its keys stand at the top. With `workloads` they stand in each; what is marked *inherited* may stand
  at the top for all of them, and what is marked *whole application* stands only there.
- What is marked *per environment* may be said differently in `environments`. Everything else is the same everywhere,
  because every environment runs the same chart.

In the names of keys below, `*` stands for a name of your choice and `[]` for the items of a list.

This page is made by `python -m chartgen.dev regen`.
"""


class Row(NamedTuple):
    """A key within another: its path, and what the schema says about it."""

    path: str
    schema: Mapping[str, Any]
    required: bool
    like: str = ""


def text(root: Path) -> str:
    """The page."""
    schema = schema_of(root)
    shown = specs_with(root)
    parts = [_HEAD]
    for group, keys in groups(schema).items():
        parts.append(f"\n## {group}\n")
        parts += [_section(key, schema, shown.get(key, ())) for key in keys]
    return "".join(parts)


def spec_keys(schema: Mapping[str, Any]) -> str:
    """The keys by what they are about, as a table whose links lead to the page."""
    rows = ["| | keys |", "|---|---|"]
    for group, keys in groups(schema).items():
        rows.append(f"| {group.lower()} | {', '.join(f'[`{key}`]({PATH}#{key.lower()})' for key in keys)} |")
    return "\n".join(rows) + "\n"


def schema_of(root: Path) -> dict[str, Any]:
    """The schema of app specs."""
    found: dict[str, Any] = json.loads((root / "schemas/app-spec.v1.schema.json").read_text(encoding="utf-8"))
    return found


def groups(schema: Mapping[str, Any]) -> dict[str, list[str]]:
    """The groups with the keys that the schema has."""
    found = {group: [key for key in keys if key in schema["properties"]] for group, keys in GROUPS.items()}
    return {group: keys for group, keys in found.items() if keys}


def specs_with(root: Path) -> dict[str, list[str]]:
    """The specs of whole charts that have each key, those first that say most about it."""
    found: dict[str, list[tuple[int, str]]] = {}
    for folder in ("examples", "tests/golden/specs"):
        for path in sorted((root / folder).glob("*.yaml")):
            data = read(path.read_text(encoding="utf-8")).data
            wholes = (data, *data.get("environments", {}).values())
            for part in (*wholes, *(own for whole in wholes for own in whole.get("workloads", {}).values())):
                for key, value in part.items():
                    found.setdefault(key, []).append((-len(flow(value)), path.relative_to(root).as_posix()))
    return {key: list(dict.fromkeys(path for _, path in sorted(uses))) for key, uses in found.items()}


def _section(key: str, schema: Mapping[str, Any], shown: list[str] | tuple[str, ...]) -> str:
    definition = _resolved(schema["properties"][key], schema)
    lines = [f"\n### `{key}`\n", f"\n{_prose(definition['description'])}\n"]
    facts = [f"Value: {_values(definition)}.", *_default(definition), *_marks(key, schema)]
    lines.append(f"\n{' '.join(facts)}\n")
    for example in definition["examples"]:
        lines.append(f"\n```yaml\n{yaml_block({key: example})}```\n")
    rows = list(_rows(definition, key, schema))
    if rows:
        lines.append("\n| key | value | default | meaning |\n|---|---|---|---|\n")
        lines += [_row(row) for row in rows]
    lines += _within(key, schema)
    if 0 < len(shown) < COMMON:
        links = ", ".join(f"[{path.rpartition('/')[2]}](../{path})" for path in shown[:3])
        lines.append(f"\nIn whole specs: {links}.\n")
    return "".join(lines)


def _within(key: str, schema: Mapping[str, Any]) -> Iterator[str]:
    """What a key says in a workload, where that is something else than at the top."""
    inner = schema["$defs"]["workload"]["properties"].get(key)
    if inner and inner != schema["properties"][key]:
        definition = _resolved(inner, schema)
        yield f"\nIn a workload: {_prose(definition['description'])} Value: {_values(definition)}.\n"
        for example in definition["examples"]:
            yield f"\n```yaml\n{yaml_block({key: example})}```\n"


def _rows(schema: Mapping[str, Any], path: str, root: Mapping[str, Any]) -> Iterator[Row]:
    """The keys within a value; those that are made like an earlier one beside them are not told again."""
    told: dict[str, str] = {}
    for name, value in schema.get("properties", {}).items():
        here, required = f"{path}.{name}", name in schema.get("required", ())
        key = value.get("$ref", "").rpartition("/")[2]
        value = _resolved(value, root)
        if key in root["properties"]:
            yield Row(here, value, required, f"as [`{key}`](#{key})")
        elif key not in WHOLE:
            inner = list(_rows(value, here, root))
            shape = json.dumps([(row.path.removeprefix(here), row.schema) for row in inner], sort_keys=True)
            first = told.setdefault(shape, here) if inner else here
            yield Row(here, value, required, "" if first == here else f"as `{first}`")
            if first == here:
                yield from inner
    for keyword, mark in (("additionalProperties", ".*"), ("items", "[]")):
        value = schema.get(keyword)
        if not isinstance(value, dict) or value.get("$ref", "").rpartition("/")[2] in WHOLE:
            continue
        value = _resolved(value, root)
        if value.get("properties") or "enum" in value:
            yield Row(path + mark, value, False)
            yield from _rows(value, path + mark, root)


WHOLE = ("workload", "environment", "environmentWorkload")
"""Definitions whose keys are those of the page itself."""


def _row(row: Row) -> str:
    default = row.schema.get("default")
    shown = "required" if row.required else f"`{cell(flow(default))}`" if default not in (None, "", [], {}) else ""
    example = f" E.g. {', '.join(f'`{cell(flow(one))}`' for one in row.schema['examples'][:2])}."
    meaning = _prose(row.schema["description"]) + ("" if "enum" in row.schema else example)
    return f"| `{row.path}` | {cell(row.like or _values(row.schema))} | {shown} | {cell(meaning)} |\n"


def _values(schema: Mapping[str, Any]) -> str:
    """What a value may be, in words."""
    if "const" in schema:
        return f"`{flow(schema['const'])}`"
    words = []
    if "enum" in schema:
        words.append(either([f"`{flow(one)}`" for one in schema["enum"]]))
    kinds = schema.get("type", ())
    for kind in (kinds,) if isinstance(kinds, str) else kinds:
        chosen = schema.get("then", {}).get("enum", ()) if kind == schema.get("if", {}).get("type") else ()
        words += [f"`{flow(one)}`" for one in chosen] or _counted(kind, schema)
    return either(words)


def _counted(kind: str, schema: Mapping[str, Any]) -> list[str]:
    """The words for a type, with its limits and what it counts."""
    if kind == "boolean":
        return [f"`{word}`" for word in TYPES[kind]]
    if kind in ("integer", "number") and "minimum" in schema:
        upper = f" to {schema['maximum']}" if "maximum" in schema else " or more"
        return [f"{TYPES[kind][0]} ({schema['minimum']}{upper})"]
    return ["a duration"] if kind == "string" and schema.get("title") == "duration" else list(TYPES[kind])


def _default(schema: Mapping[str, Any]) -> list[str]:
    default = schema.get("default")
    return [] if default in (None, "", [], {}) else [f"Default: `{flow(default)}`."]


def _marks(key: str, schema: Mapping[str, Any]) -> list[str]:
    """Where a key may stand."""
    marks = []
    if key in INHERITED:
        marks.append("*inherited*")
    elif key not in schema["$defs"]["workload"]["properties"]:
        marks.append("*whole application*")
    if key in schema["$defs"]["environment"]["properties"] and key != "workloads":
        marks.append("*per environment*")
    return [", ".join(marks) + "."] if marks else []


def _resolved(value: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    reference = value.get("$ref")
    return {**schema["$defs"][reference.rpartition("/")[2]], **value} if reference else dict(value)


def _prose(text: str) -> str:
    """A description as Markdown, in which ``<`` begins no tag."""
    return "`".join(part if code % 2 else part.replace("<", "&lt;") for code, part in enumerate(text.split("`")))
