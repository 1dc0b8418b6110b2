"""No schema of values makes Helm read beyond the chart or ask a host."""

from __future__ import annotations

import http.server
import io
import json
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from chartgen.engine.api import Failure, Job, Rendered
from chartgen.engine.embedded import Embedded
from chartgen.engine.schemarefs import outside

from .engine_support import chart, needs_library

pytestmark = needs_library

DEEP = '{"a":' * 5_000 + '{"$ref":"x"}' + "}" * 5_000


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ('{"$ref": "#/$defs/a"}', ""),
        ('{"$ref": ""}', ""),
        ('{"properties": {"$ref": {"type": "string"}}}', ""),
        ('{"$schema": "http://json-schema.org/schema#"}', ""),
        ('{"$schema": "https://json-schema.org/draft/2020-12/schema", "description": "caf\\u00e9"}', ""),
        ('{"$id": "https://x.example/a.json", "$ref": "https://x.example/a.json#/$defs/b"}', ""),
        ('{"$defs": {"a": {"$id": "foo"}}, "$ref": "foo#/b"}', ""),
        ('{"$ref": ', ""),
        ('{"$ref": "https://x.example/a.json#/b"}', "https://x.example/a.json"),
        ('{"$id": "https://x.example/a.json", "items": [{"$ref": "b.json"}]}', "https://x.example/b.json"),
        ('{"$schema": "http://x.example/meta"}', "http://x.example/meta"),
        ('{"$ref": "definitions.json"}', "definitions.json"),
        ('{"$dynamicRef": "file:///etc/passwd"}', "file:///etc/passwd"),
        ('{"\\u0024ref": "/etc/passwd"}', "/etc/passwd"),
        ('{"$r\\u0065f": "//host/x", "maximum": ' + "9" * 5_000 + "}", "//host/x"),
        ('{"$ref": "http://[::1"}', "http://[::1"),
        (DEEP, "what is nested too deeply to be looked at"),
    ],
)
def test_what_a_schema_refers_to(schema: str, place: str) -> None:
    assert outside(schema.encode()) == place


def test_letters_that_are_not_utf_8_hide_nothing() -> None:
    assert outside(b'{"\\u0024ref": "/x", "title": "\xff"}') == "/x"


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with Embedded(jobs=1) as embedded:
        yield embedded


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a host on this machine, and what was asked of it."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", paths
    server.shutdown()
    thread.join()
    server.server_close()


def test_services_of_this_machine_are_not_asked(engine: Embedded, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    given = chart("a: 1", **{"values.schema.json": json.dumps({"$ref": f"{address}/x.json"})})
    (answer,) = engine.render([Job(given)])
    list(engine.lint([Job(given)]))
    assert isinstance(answer, Rendered)
    assert [one.path for one in answer.objections] == ["values.schema.json"]
    assert paths == []


def test_no_file_is_read(engine: Embedded, tmp_path: Path) -> None:
    (tmp_path / "open.json").write_text('{"required": ["a"]}')
    place = f"file://{tmp_path}/open.json"
    files = {"values.schema.json": json.dumps({"$ref": place}), "charts/sub/values.schema.json": '{"type": "object"}'}
    given = chart("a: 1", **files, **{"charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n"})
    (answer,) = engine.render([Job(given)])
    assert isinstance(answer, Rendered)
    assert answer.objections == (
        Failure(
            "values",
            f"the schema refers to {place!r}, outside the chart, which is not read: "
            "the values were not checked against it",
            "values.schema.json",
        ),
    )
    (said,) = engine.lint([Job(given)])
    assert "missing property" not in repr(said)


def packed(**files: str | bytes) -> bytes:
    """A subchart as ``helm package`` makes it."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as tar:
        for name, content in {"Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n", **files}.items():
            data = content.encode() if isinstance(content, str) else content
            member = tarfile.TarInfo(f"sub/{name}")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return target.getvalue()


def test_nor_through_a_packed_subchart(engine: Embedded, tmp_path: Path) -> None:
    (tmp_path / "open.json").write_text('{"required": ["a"]}')
    schema = json.dumps({"$ref": f"file://{tmp_path}/open.json"})
    inner = packed(**{"values.schema.json": schema, "templates/y.yaml": "b: 1"})
    for subchart in (inner, packed(**{"charts/sub-1.0.0.tgz": inner})):
        given = chart("a: 1")
        files = {**given.files, "charts/sub-1.0.0.tgz": subchart}
        (answer,) = engine.render([Job(given._replace(files=files))])
        assert isinstance(answer, Rendered)
        assert [one.path for one in answer.objections] == ["charts/sub-1.0.0.tgz"]
        assert any(path.endswith("templates/y.yaml") for path in answer.files)
