"""A registry in a thread, as far as the OCI distribution specification is spoken by a push and a pull."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Registry(ThreadingHTTPServer):
    """Blobs by digest, manifests by repository and by tag or digest; ``pushes`` counts manifests put.

    ``trouble`` is the status that every question for a manifest is answered with, 0 while all is well.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.blobs: dict[str, bytes] = {}
        self.manifests: dict[tuple[str, str], tuple[bytes, str]] = {}
        self.pushes = 0
        self.trouble = 0

    @property
    def address(self) -> str:
        """Where it listens, as part of an ``oci://`` address."""
        return f"localhost:{self.server_address[1]}"


@contextmanager
def registry() -> Iterator[Registry]:
    """A running registry."""
    server = Registry()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Registry

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, status: int, body: bytes = b"", kind: str = "application/octet-stream", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def do_GET(self) -> None:
        if self.path == "/v2/":
            self._answer(200)
        elif match := re.fullmatch(r"/v2/(.+)/blobs/(.+)", self.path):
            found = self.server.blobs.get(match[2])
            self._answer(404) if found is None else self._answer(200, found, Docker_Content_Digest=match[2])
        elif match := re.fullmatch(r"/v2/(.+)/manifests/(.+)", self.path):
            manifest = self.server.manifests.get((match[1], match[2]))
            if self.server.trouble:
                self._answer(self.server.trouble)
            elif manifest is None:
                self._answer(404)
            else:
                self._answer(200, *manifest, Docker_Content_Digest=_digest(manifest[0]))
        else:
            self._answer(404)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        match = re.fullmatch(r"/v2/(.+)/blobs/uploads/.*", self.path)
        assert match is not None
        self._body()
        self._answer(202, Location=f"/v2/{match[1]}/blobs/uploads/1")

    def do_PUT(self) -> None:
        body = self._body()
        if match := re.fullmatch(r"/v2/(.+)/manifests/(.+)", self.path):
            entry = body, self.headers["Content-Type"]
            self.server.manifests[match[1], match[2]] = self.server.manifests[match[1], _digest(body)] = entry
            self.server.pushes += 1
        else:
            self.server.blobs[_digest(body)] = body
        self._answer(201, Docker_Content_Digest=_digest(body))


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
