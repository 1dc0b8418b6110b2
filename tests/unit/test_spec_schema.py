"""The schema of app specs: complete for editors, closed, and true about its defaults."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chartgen.location import Pointer
from chartgen.resources import schema_text
from chartgen.spec.defaults import INHERITED
from chartgen.spec.load import read_spec
from chartgen.spec.rules import WORKLOAD_ONLY
from chartgen.spec.triggers import KINDS
from chartgen.spec.words import EXPLAINERS

SCHEMA: dict[str, Any] = json.loads(schema_text("app-spec.v1"))
FREE = ("/extra/*",)
"""The only mappings that may hold anything: Kubernetes objects."""

CHOICES = (
    ("/health", ("path", "tcp", "grpc", "exec", "port", "liveness")),
    ("/resources", ("cpu", "memory", "ephemeral-storage")),
    ("/env", ("secret", "config", "key", "need", "workload", "fact", "field", "resource")),
    ("/secrets", ("env", "mount")),
    ("/network", ("workload", "need", "app", "namespace", "cidr", "ports")),
    ("/ingress", ("host", "hosts")),
    ("/extra", ("metadata",)),
    ("/replicas/metrics", ("average", "value")),
    ("/replicas/fallback", ("replicas",)),
    (
        "/replicas/triggers",
        (
            *KINDS,
            "queue",
            "servers",
            "group",
            "list",
            "topic",
            "subscription",
            "average",
            "value",
            "server",
            "query",
            "start",
            "end",
            "replicas",
            "type",
            "metadata",
        ),
    ),
)
"""Keys of which an object takes some, so that the absence of one means nothing by itself."""


def resolved(schema: Any) -> Any:
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    return SCHEMA["$defs"][reference.removeprefix("#/$defs/")] if reference else schema


def described(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Every schema below this one: its path, itself, and whether its key may be left out."""
    for key, value in schema.get("properties", {}).items():
        child = resolved(value)
        yield f"{path}/{key}", child, key not in schema.get("required", ())
        yield from described(child, f"{path}/{key}")
    for key in ("additionalProperties", "items"):
        if isinstance(schema.get(key), dict):
            child = resolved(schema[key])
            yield f"{path}/*", child, False
            yield from described(child, f"{path}/*")


AGAIN = ("/workloads/*/", "/environments/*/")
"""Below these stands what stands at the top, too."""

BESIDE = re.compile(r"^/(?:init|sidecars)/\*")
"""What begins the path of a key of another container, which often is a key of the application's own, too."""

PLACES = {path: (schema, optional) for path, schema, optional in described(SCHEMA) if not path.startswith(AGAIN)}


def test_the_schema_is_a_valid_schema_of_2020_12() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", sorted(PLACES))
def test_every_place_is_described_with_examples_that_fit(path: str) -> None:
    schema, _ = PLACES[path]
    assert schema.get("description", "").endswith("."), f"{path} has no description; add one that ends with a full stop"
    assert schema.get("examples"), f"{path} has no examples; add one"
    whole = {**schema, "$defs": SCHEMA["$defs"]}
    for example in schema["examples"]:
        assert list(Draft202012Validator(whole).iter_errors(example)) == [], f"{path}: {example!r} does not fit"


@pytest.mark.parametrize("path", sorted(PLACES))
def test_every_mapping_is_closed_or_free_on_purpose(path: str) -> None:
    schema, _ = PLACES[path]
    types = schema.get("type", ())
    if "object" in ([types] if isinstance(types, str) else types) and path not in FREE and "properties" in schema:
        assert schema.get("additionalProperties") is False, f"{path} is open"


def test_the_whole_spec_is_closed() -> None:
    assert SCHEMA["additionalProperties"] is False


@pytest.mark.parametrize("path", sorted(path for path, (_, optional) in PLACES.items() if optional))
def test_optional_keys_say_their_default_or_in_words_what_happens(path: str) -> None:
    schema, _ = PLACES[path]
    if "default" not in schema:
        own = BESIDE.sub("", path)
        chosen = any(own.startswith(top) and path.rpartition("/")[2] in keys for top, keys in CHOICES)
        said = f"{path} has neither a default nor a sentence 'Without it ...'"
        assert chosen or "ithout " in schema["description"] or own == "/image", said
    else:
        whole = {**schema, "$defs": SCHEMA["$defs"]}
        if schema["default"] not in ("", 0):
            assert list(Draft202012Validator(whole).iter_errors(schema["default"])) == []


WEB = {
    "apiVersion": "chartgen/v1", "name": "shop", "image": {"repository": "r.example.com/shop", "tag": "1.0.0"},
    "ports": {"http": {"port": 8080}}, "health": {"liveness": {"path": "/a"}, "readiness": {"path": "/b"}},
    "service": {"type": "LoadBalancer"}, "replicas": {"min": 2, "max": 4}, "resources": {"cpu": "100m"},
    "secrets": {"s": {"env": ["A"]}}, "network": {"to": []}, "security": {"user": 10001}, "shutdown": {"grace": "30s"},
    "ingress": {"host": "a.example.com", "tls": {"secret": "x"}, "gateway": {"name": "g"}},
    "identity": {"aws": {"role": "arn:aws:iam::111122223333:role/shop"}}, "permissions": {"pods": {"verbs": ["get"]}},
    "metrics": {"path": "/metrics"}, "monitoring": {"alerts": {"restarts": 3}, "dashboard": True},
}  # fmt: skip
"""A spec with one key in every mapping, so that any other key can be added to it."""


HEAD = {"apiVersion": "chartgen/v1", "name": "shop", "image": "r.example.com/shop:1.0.0"}
ONLY_WITH: dict[str, dict[str, Any]] = {
    "replicas/metrics": {**HEAD, "replicas": {"min": 2, "max": 4, "metrics": {"load": {"average": 1}}}},
    "replicas/triggers": {**HEAD, "replicas": {"min": 2, "max": 4, "triggers": {"queue": {"auth": {"env": {}}}}}},
    "ordered": {**HEAD, "kind": "StatefulSet"},
    "needs": {**HEAD, "needs": {"postgres": {"operator": {"storage": "1Gi"}}}},
    **{key: {**HEAD, "run": "once"} for key in ("backoff", "completions", "parallelism")},
    "volumes": {**HEAD, "volumes": {"/data": {"size": "1Gi"}}},
    **{key: {**HEAD, "schedule": "@daily"} for key in ("concurrency", "deadline", "history", "suspend")},
}
"""The specs in which the keys of one kind, or of one place, mean something."""


def added(path: str, value: Any) -> bytes:
    """The spec with a value at a path; ``*`` is the only key that is there."""
    alone = (keys for keys in ONLY_WITH if f"{path}/".startswith(f"/{keys}/"))
    spec = json.loads(json.dumps(ONLY_WITH[found] if (found := next(alone, "")) else WEB))
    if path == "/health/timeout":
        spec["health"] = {"path": "/a"}
    *parents, last = path.split("/")[1:]
    here = spec
    for part in parents:
        part = next(iter(here)) if part == "*" else part
        here = here.setdefault(part, {})
    here[last] = value
    return json.dumps(spec).encode()


DEFAULTS = sorted(
    path
    for path, (schema, optional) in PLACES.items()
    if optional and schema.get("default") not in (None, "") and not path.startswith("/health/startup")
    if BESIDE.sub("", path) == path or BESIDE.sub("", path) not in PLACES
)


@pytest.mark.parametrize("path", DEFAULTS)
def test_defaults_are_true(path: str) -> None:
    """A spec means the same with a key's default written out as without the key."""
    data = json.loads(added(path, PLACES[path][0]["default"]))
    without = json.loads(json.dumps(data))
    here = without
    *parents, last = path.split("/")[1:]
    for part in parents:
        here = here[next(iter(here)) if part == "*" else part]
    del here[last]
    assert (read(data)) == (read(without)), path


def read(spec: dict[str, Any]) -> Any:
    """The AppSpec without regard to problems of combinations, which are not the point here."""
    from chartgen.spec.defaults import build
    from chartgen.spec.source import Source
    from chartgen.yamlread import read as read_yaml

    document = read_yaml(json.dumps(spec))
    return build(document.data, Source("app.yaml", document))


def test_workloads_take_the_keys_of_a_single_one() -> None:
    workload = set(SCHEMA["$defs"]["workload"]["properties"])
    whole = {"apiVersion", "name", "version", "description", "monitoring", "extra", "workloads", "environments"}
    assert set(SCHEMA["properties"]) == workload | whole
    assert workload == WORKLOAD_ONLY | set(INHERITED) | {"needs"}, "needs are described at the top, and chosen from"


def test_environments_take_keys_of_a_spec_and_none_of_their_own() -> None:
    environment, workload = (SCHEMA["$defs"][name]["properties"] for name in ("environment", "environmentWorkload"))
    for key, schema in environment.items():
        assert key == "workloads" or schema == SCHEMA["properties"][key], key
    for key, schema in workload.items():
        assert schema == SCHEMA["$defs"]["workload"]["properties"][key] == environment[key], key
    assert set(environment) == set(workload) | {"monitoring", "extra", "needs", "workloads"}


def test_editors_know_which_keys_do_not_go_with_workloads() -> None:
    beside = SCHEMA["dependentSchemas"]["workloads"]["properties"]
    assert {key for key, allowed in beside.items() if allowed is False} == WORKLOAD_ONLY


IN_WORDS_ELSEWHERE = {"required", "additionalProperties", "propertyNames", "dependentSchemas"}
HOLDS_SCHEMAS = {"properties", "patternProperties", "items", "if", "then", "$defs", "$ref"}
SAYS_NOTHING = {"$schema", "$id", "title", "description", "default", "examples", "patternErrorMessage"}


def test_every_keyword_has_words() -> None:
    used: set[str] = set()

    def walk(schema: Any) -> None:
        if not isinstance(schema, dict):
            return
        used.update(schema)
        for key, value in schema.items():
            if key in ("properties", "patternProperties", "$defs", "dependentSchemas"):
                for child in value.values():
                    walk(child)
            elif key in ("additionalProperties", "propertyNames", "items", "if", "then"):
                walk(value)

    walk(SCHEMA)
    wordless = used - set(EXPLAINERS) - IN_WORDS_ELSEWHERE - HOLDS_SCHEMAS - SAYS_NOTHING
    assert not wordless, f"chartgen.spec.words has no words for {', '.join(sorted(wordless))}; add them"


def test_every_pattern_comes_with_words() -> None:
    wordless = []

    def walk(schema: Any, path: str) -> None:
        if isinstance(schema, dict):
            if isinstance(schema.get("pattern"), str) and not schema.get("patternErrorMessage"):
                wordless.append(path)
            for key, value in schema.items():
                walk(value, f"{path}/{key}")

    walk(SCHEMA, "")
    assert wordless == []


def test_origin_says_where_everything_stands() -> None:
    text = "apiVersion: chartgen/v1\nname: shop\nimage: a:1.0.0\nports:\n  http: 8080\nhealth: /healthz\nargs: [a, b]\n"
    origin = read_spec(text.encode(), file="app.yaml").origin
    assert [str(origin[Pointer(parts)]) for parts in (("name",), ("ports",), ("ports", "http"), ("args", 1))] == [
        "app.yaml:2:7",
        "app.yaml:4:1",
        "app.yaml:5:9",
        "app.yaml:7:11",
    ]
    assert Pointer(("replicas",)) not in origin
    assert len(origin) == len(list(origin)) == 10
