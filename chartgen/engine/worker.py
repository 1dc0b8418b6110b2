"""The process in which Helm's Go library lives. Imported and started by a Python of its own, which ``spawn`` starts.

It imports the standard library only, and of that no more than it needs: its start is waited for. Requests come on
standard input and answers go to standard output, both as frames: the number of fields in 4 bytes, then each field as
its length in 8 bytes and its bytes (big-endian). The first answer is ``ready`` or ``broken``; each later one begins
with the library's error code, 0 for success, or ``memory``.

The signatures are those of helm-c-sdk 0.2 (``helm_c.h``): every call returns an error code and writes a string to
an out-parameter, which has to be freed. A chart is loaded anew for every render: rendering changes it.
"""

import ctypes
import os
import resource
import sys

_OK = b"0"


def start(library: str, memory: str, parent: str, space: str) -> None:
    """Answer requests until standard input ends.

    ``memory`` is how many bytes of address space it may have, ``parent`` the process id whose end is its own, or 0;
    ``space`` is a folder it may make, and removes.
    """
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever prints there, it is not an answer
    _limit(int(memory), int(parent))
    try:
        helm = Helm(library, space.encode())
    except (OSError, AttributeError) as error:
        _send(answers, [b"broken", str(error).encode()])
        return
    _send(answers, [b"ready", helm.version()])
    while (fields := _receive(0)) is not None:
        try:
            answer = getattr(helm, fields[0].decode())(*fields[1:])
        except MemoryError:
            answer = [b"memory"]
        _send(answers, answer)


def _limit(memory: int, parent: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # macOS knows the limit but does not keep it, and refuses to set one below what is in use.
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        if parent:
            ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL: a hanging chart must not outlive chartgen
            if os.getppid() != parent:
                os._exit(1)


class Helm:
    """The few functions of the library that are used; each public method but ``version`` is a request."""

    def __init__(self, path: str, space: bytes) -> None:
        self.space = space
        self.library = ctypes.CDLL(path)
        text, out = ctypes.c_char_p, ctypes.POINTER(ctypes.c_void_p)
        handle, handle_out = ctypes.c_uint64, ctypes.POINTER(ctypes.c_uint64)
        for name, arguments in {
            "helm_sdk_version": [],
            "helm_free_string": [ctypes.c_void_p],
            "helm_chart_load_archive": [ctypes.c_char_p, ctypes.c_uint64, handle_out, out],
            "helm_chart_free": [handle, out],
            "helm_chart_crds": [handle, out, out],
            "helm_render": [handle, text, text, out, out],
            "helm_lint_run_opts": [text, text, text, out, out],
            "helm_strvals_parse": [text, out, out],
            "helm_dependency_build": [text, text, out],
            "helm_dependency_update": [text, text, out],
            "helm_chart_metadata": [handle, out, out],
            "helm_chart_sign": [text, text, out, out],
            "helm_push": [handle, text, text, text, out, out],
            "helm_pull": [handle, text, text, out, out],
            "helm_registry_client_new": [text, handle_out, out],
            "helm_registry_client_free": [handle, out],
            "helm_registry_resolve": [handle, text, out, out],
        }.items():
            function = getattr(self.library, name)
            function.argtypes = arguments
            function.restype = ctypes.c_int32
        self.library.helm_sdk_version.restype = ctypes.c_void_p
        self.library.helm_free_string.restype = None

    def version(self) -> bytes:
        """The version of the Helm SDK in the library (``v4.2.3``). The call waits for Go's runtime to be ready."""
        return self._take(self.library.helm_sdk_version())

    def render(self, archive: bytes, values: bytes, options: bytes) -> list[bytes]:
        """Render a chart. Answers the files as JSON, path -> text, and the CRDs of all enabled charts as JSON."""
        handle, error = ctypes.c_uint64(), ctypes.c_void_p()
        code = self.library.helm_chart_load_archive(archive, len(archive), ctypes.byref(handle), ctypes.byref(error))
        if code:
            return [str(code).encode(), self._take(error.value)]
        try:
            files = self._call("helm_render", handle, values, options)
            # Only after the render are the CRDs of disabled subcharts gone.
            return files + self._call("helm_chart_crds", handle)[1:] if files[0] == _OK else files
        finally:
            self.library.helm_chart_free(handle, ctypes.byref(error))

    def lint(self, values: bytes, options: bytes, name: bytes, *files: bytes) -> list[bytes]:
        """Lint a chart, given as path, content, path, content... Answers Helm's report as JSON, and the folder in it.

        Helm lints nothing but folders, so the chart is put into one for as long as that takes.
        """
        folder = self.space + b"/" + name
        os.mkdir(self.space, 0o700)
        made = [self.space]
        try:
            _folder(folder, made)
            for path, content in zip(files[::2], files[1::2], strict=True):
                target = folder + b"/" + path
                _folder(target.rpartition(b"/")[0], made)
                fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                made.append(target)
                _write(fd, content)
                os.close(fd)
            return [*self._call("helm_lint_run_opts", folder, values, options), folder]
        finally:
            for path in reversed(made):
                os.rmdir(path) if os.path.isdir(path) else os.unlink(path)

    def parse(self, expression: bytes) -> list[bytes]:
        """Parse a ``--set`` expression. Answers the values as JSON."""
        return self._call("helm_strvals_parse", expression)

    def dependencies(self, action: bytes, folder: bytes) -> list[bytes]:
        """Fetch what the chart in a folder depends on, by ``build`` or ``update``, into its ``charts/``."""
        error = ctypes.c_void_p()
        os.makedirs(self.space, 0o700, exist_ok=True)  # Go was told at its start that it is for temporary files
        code = getattr(self.library, f"helm_dependency_{action.decode()}")(folder, None, ctypes.byref(error))
        return [str(code).encode(), self._take(error.value)]

    def describe(self, archive: bytes) -> list[bytes]:
        """Load a chart's archive. Answers its metadata as JSON."""
        handle, error = ctypes.c_uint64(), ctypes.c_void_p()
        code = self.library.helm_chart_load_archive(archive, len(archive), ctypes.byref(handle), ctypes.byref(error))
        if code:
            return [str(code).encode(), self._take(error.value)]
        try:
            return self._call("helm_chart_metadata", handle)
        finally:
            self.library.helm_chart_free(handle, ctypes.byref(error))

    def sign(self, archive: bytes, options: bytes) -> list[bytes]:
        """Sign an archive on the disk. Answers the path of what was written beside it."""
        return self._call("helm_chart_sign", archive, options)

    def push(self, archive: bytes, remote: bytes, options: bytes) -> list[bytes]:
        """Push an archive on the disk, and its signature, to a registry, with the credentials Helm knows."""
        os.makedirs(self.space, 0o700, exist_ok=True)
        return self._call("helm_push", ctypes.c_uint64(0), archive, remote, options)

    def resolve(self, reference: bytes, options: bytes) -> list[bytes]:
        """Ask a registry for the digest of what a reference names. Answers the manifest's descriptor as JSON."""
        client, error = ctypes.c_uint64(), ctypes.c_void_p()
        code = self.library.helm_registry_client_new(options, ctypes.byref(client), ctypes.byref(error))
        if code:
            return [str(code).encode(), self._take(error.value)]
        try:
            return self._call("helm_registry_resolve", client, reference)
        finally:
            self.library.helm_registry_client_free(client, ctypes.byref(error))

    def pull(self, reference: bytes, options: bytes) -> list[bytes]:
        """Pull a chart from a registry into a folder, with the credentials Helm knows."""
        os.makedirs(self.space, 0o700, exist_ok=True)
        return self._call("helm_pull", ctypes.c_uint64(0), reference, options)

    def _call(self, name: str, *arguments: object) -> list[bytes]:
        result, error = ctypes.c_void_p(), ctypes.c_void_p()
        code = getattr(self.library, name)(*arguments, ctypes.byref(result), ctypes.byref(error))
        text, detail = self._take(result.value), self._take(error.value)
        return [str(code).encode(), detail if code else text]

    def _take(self, pointer: int | None) -> bytes:
        if not pointer:
            return b""
        try:
            return ctypes.string_at(pointer)
        finally:
            self.library.helm_free_string(pointer)


def _receive(fd: int) -> list[bytes] | None:
    """The next request, or None when there are no more."""
    count = _read(fd, 4)
    if count is None:
        return None
    fields = []
    for _ in range(int.from_bytes(count, "big")):
        length = _read(fd, 8)
        field = None if length is None else _read(fd, int.from_bytes(length, "big"))
        if field is None:
            return None
        fields.append(field)
    return fields


def _read(fd: int, count: int) -> bytes | None:
    parts = []
    while count:
        part = os.read(fd, min(count, 1 << 20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _send(fd: int, fields: list[bytes]) -> None:
    head = len(fields).to_bytes(4, "big")
    for field in fields:
        head += len(field).to_bytes(8, "big")
        _write(fd, head)
        _write(fd, field)
        head = b""


def _folder(path: bytes, made: list[bytes]) -> None:
    """Make a folder and those above it, noting which were not there."""
    if not os.path.isdir(path):
        _folder(path.rpartition(b"/")[0], made)
        os.mkdir(path, 0o700)
        made.append(path)


def _write(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
