"""Files of a spec reach the pods as they are, whatever is in them, and a pod is replaced when its own change."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartgen import yamlwrite
from chartgen.engine.api import Engine, Job, Rendered
from chartgen.engine.choose import open_engine
from chartgen.engine.objects import parse
from chartgen.errors import InvalidInput
from chartgen.generate.generate import generate
from chartgen.spec.load import read_spec
from tests.laws.strategies import NASTY
from tests.laws.test_generated_charts import many

HEAD = {"apiVersion": "chartgen/v1", "name": "shop", "image": "ghcr.io/acme/shop:1.4.2", "args": ["work"]}

PATHS = [
    "/x", "/etc/x", "/etc/shop/x", "/etc/shop/y", "/etc/shop/conf.d/x", "/etc/shop/conf.d/deep/x", "/opt/a_b/c",
    "/opt/a/b_c", "/opt/a/b/c", "/tmp/x", "/tmp/y/z", "/ci/x.bak", "/.git/x.swp", "/on/yes", "/opt/1/2.0",
]  # fmt: skip

_texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30),
    st.lists(st.sampled_from([*NASTY, "\r", "\n", "\t", "  ", "a", "\x85", "\u2028", "#", "\x00"]), max_size=8).map(
        "".join
    ),
)
_bytes = st.one_of(st.binary(max_size=20), _texts.map(str.encode))
_files = st.dictionaries(
    st.sampled_from(PATHS), st.tuples(_bytes, st.sampled_from(["", "file", "folder"])), min_size=1, max_size=6
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with open_engine("auto", jobs=1) as opened:
        yield opened


def objects(engine: Engine, spec: Mapping[str, Any], contents: Mapping[str, bytes] | None = None) -> dict[str, Any]:
    """What the chart of a spec renders to, by kind and name."""
    chart = generate(read_spec(yamlwrite.dump(spec).encode(), file="app.yaml", read=(contents or {}).__getitem__))
    (answer,) = engine.render([Job(chart, {})])
    assert isinstance(answer, Rendered), answer
    return {f"{o.kind}/{o.name}": o.body for o in parse(answer.files).objects}


def seen(config: Mapping[str, Any], pod: Mapping[str, Any]) -> dict[str, bytes]:
    """The files a container sees, by path, and that no mount needs room in a read-only one."""
    data = {key: text.encode() for key, text in config.get("data", {}).items()}
    data |= {key: b64decode(text) for key, text in config.get("binaryData", {}).items()}
    volumes = {one["name"]: one["configMap"] for one in pod["volumes"] if "configMap" in one}
    found = {}
    mounts = pod["containers"][0]["volumeMounts"]
    folders = [one["mountPath"] for one in mounts if one["name"] in volumes and "subPath" not in one]
    for mount in mounts:
        assert not any(mount["mountPath"].startswith(f"{folder}/") for folder in folders), mounts
        if mount["name"] not in volumes:
            continue
        items = volumes[mount["name"]].get("items")
        inside = {one["path"]: one["key"] for one in items} if items else {key: key for key in data}
        if "subPath" in mount:
            found[mount["mountPath"]] = data[inside[mount["subPath"]]]
        else:
            found |= {f"{mount['mountPath']}/{path}": data[key] for path, key in inside.items()}
    return found


@many
@given(_files)
def test_every_file_arrives_byte_for_byte(engine: Engine, files: dict[str, tuple[bytes, str]]) -> None:
    contents = {str(number): data for number, (data, _) in enumerate(files.values())}
    entries = {
        path: {"from": str(number), **({"covers": covers} if covers else {})}
        for number, (path, (_, covers)) in enumerate(files.items())
    }
    try:
        found = objects(engine, {**HEAD, "files": entries}, contents)
    except InvalidInput as error:
        refused = error.problems
        found = {}
    if not found:
        assert {problem.code for problem in refused} <= {"mount-twice", "byte-order-mark"}
        return

    pod = found["Deployment/release-name-shop"]["spec"]["template"]["spec"]

    sent = {path: data.removeprefix(b"\xef\xbb\xbf") for path, (data, _) in files.items()}
    assert seen(found["ConfigMap/release-name-shop-files"], pod) == sent


def _hashes(found: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: body["spec"]["template"]["metadata"]["annotations"]["checksum/files"]
        for name, body in found.items()
        if name.startswith("Deployment/")
    }


def test_a_workload_is_replaced_when_its_own_files_change_and_only_then(engine: Engine) -> None:
    top = {key: value for key, value in HEAD.items() if key != "args"}
    spec: dict[str, Any] = {
        **top,
        "files": {"/etc/shop/shared": "1"},
        "workloads": {"a": {"files": {"/etc/shop/own": "1"}}, "b": {"files": {"/etc/shop/own": "1"}}},
    }
    before = _hashes(objects(engine, spec))
    own = {**spec, "version": "9.0.0", "workloads": {**spec["workloads"], "a": {"files": {"/etc/shop/own": "2"}}}}
    shared = {**spec, "files": {"/etc/shop/shared": "2"}}

    assert {name for name, text in _hashes(objects(engine, own)).items() if text != before[name]} == {
        "Deployment/release-name-shop-a"
    }
    assert all(text != before[name] for name, text in _hashes(objects(engine, shared)).items())
    assert _hashes(objects(engine, {**spec, "version": "9.0.0"})) == before
