"""The page of the spec's keys says all that the schema does, and leads to specs that have them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from chartgen.dev import specpage

ROOT = Path(__file__).parents[2]
SCHEMA = specpage.schema_of(ROOT)
TEXT = specpage.text(ROOT)
SHOWN = specpage.specs_with(ROOT)
SECTIONS = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL))


def test_every_key_is_in_one_group() -> None:
    grouped = Counter(key for keys in specpage.GROUPS.values() for key in keys)
    assert set(SCHEMA["properties"]) <= set(grouped), "add the new keys to GROUPS of chartgen/dev/specpage.py"
    assert grouped.total() == len(grouped)
    assert list(SECTIONS) == [key for keys in specpage.groups(SCHEMA).values() for key in keys]


@pytest.mark.parametrize("key", sorted(SCHEMA["properties"]))
def test_some_whole_spec_shows_the_key(key: str) -> None:
    assert SHOWN.get(key), f"no spec in examples/ or tests/golden/specs/ has {key}"


def descriptions(schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [text for item in schema for text in descriptions(item)]
    if not isinstance(schema, dict):
        return []
    own = [schema["description"]] if schema.get("properties") and isinstance(schema.get("description"), str) else []
    return own + [text for key, item in schema.items() if key != "examples" for text in descriptions(item)]


def test_every_object_and_its_keys_are_described() -> None:
    names = {"workload", "environment", "environmentWorkload"}
    places = [value for key, value in SCHEMA["$defs"].items() if key not in names]
    flat = TEXT.replace("\\|", "|").replace("&lt;", "<")
    for text in descriptions(places):
        assert " ".join(text.split()) in flat


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((\.\./[^)]+)\)", TEXT):
        assert (ROOT / "docs" / target).resolve().is_file(), target
    anchors = {f"#{key}" for key in SECTIONS}
    assert set(re.findall(r"\]\((#[^)]+)\)", TEXT)) <= anchors


def test_tables_have_four_cells_a_row() -> None:
    for line in TEXT.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 5, line


def test_a_key_says_what_it_takes_and_where_it_may_stand() -> None:
    assert "Value: a whole number (1 to 10000) or a mapping. *per environment*.\n" in SECTIONS["replicas"]
    assert 'Default: `{cpu: "100m", memory: "128Mi"}`. *inherited*, *per environment*.\n' in SECTIONS["resources"]
    assert "Value: `chartgen/v1`. *whole application*.\n" in SECTIONS["apiVersion"]
    row = "| `ingress.pathType` | `Prefix`, `Exact` or `ImplementationSpecific` | `Prefix` | How the path is compared."
    assert row in SECTIONS["ingress"]
    assert "| `lifecycle.preStop` | as `lifecycle.postStart` |" in SECTIONS["lifecycle"]


def test_the_keys_are_listed_by_what_they_are_about() -> None:
    schema = {"properties": {"name": {}, "port": {}, "image": {}}}
    rows = [row for row in specpage.spec_keys(schema).splitlines()[2:] if "`" in row]
    assert rows == [
        "| the application | [`name`](docs/spec.md#name) |",
        "| what runs | [`image`](docs/spec.md#image) |",
        "| how it is reached | [`port`](docs/spec.md#port) |",
    ]
    assert "what it may do" not in specpage.spec_keys(schema)
