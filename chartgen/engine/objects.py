"""Rendered text -> objects with positions.

Helm splits a rendered file into documents at lines that begin with ``---`` before it parses any of them, so one broken
document does not hide the others; the same is done here.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from chartgen.location import Location, Pointer
from chartgen.tuples import NamedTuple
from chartgen.yamlbuild import Duplicate
from chartgen.yamlread import Document, read
from chartgen.yamlscalar import YamlError


class RenderedObject(NamedTuple):
    """One Kubernetes object as rendered under one scenario.

    ``source`` is its template's path relative to the chart's folder; ``document`` knows the line of every key in the
    rendered file (not in the template: ``provenance`` maps one to the other). ``in_list`` says that it is an item of a
    ``List``, which Helm does not open.
    """

    api_version: str
    kind: str
    name: str
    namespace: str
    body: Mapping[str, Any]
    source: str
    document: Document
    scenario: str = "default"
    in_list: bool = False

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    @property
    def ref(self) -> str:
        """How messages name it: ``Deployment/api``."""
        return f"{self.kind}/{self.name}"

    @property
    def annotations(self) -> Mapping[str, Any]:
        """metadata.annotations, or an empty mapping."""
        return _mapping(_mapping(self.body.get("metadata")).get("annotations"))

    @property
    def labels(self) -> Mapping[str, Any]:
        """metadata.labels, or an empty mapping."""
        return _mapping(_mapping(self.body.get("metadata")).get("labels"))

    @property
    def hooks(self) -> frozenset[str]:
        """The Helm hooks this object is (``pre-install``, ``test``); empty for an ordinary object."""
        if "helm.sh/hook" not in (annotations := self.annotations):
            return frozenset()
        return frozenset(h.strip() for h in str(annotations["helm.sh/hook"]).split(",") if h.strip())

    def rendered_line(self, pointer: Pointer, *, key: bool = False) -> Location:
        """The position of a place in the rendered text of ``source`` (``file`` is that path)."""
        return self.document.locate(pointer, key=key, file=self.source)


class BadDocument(NamedTuple):
    """A rendered document that is no Kubernetes object: broken YAML, a list, a bare string, no kind.

    ``kind`` is ``yaml``, ``not-a-mapping``, ``no-kind`` or ``no-api-version``. ``line`` and ``column`` are in the
    rendered file.
    """

    source: str
    message: str
    kind: str
    line: int | None
    column: int | None
    scenario: str = "default"


class Parsed(NamedTuple):
    """All documents of one rendered chart: objects in order, what is no object, and keys given twice."""

    objects: tuple[RenderedObject, ...]
    bad: tuple[BadDocument, ...] = ()
    duplicates: tuple[tuple[RenderedObject, Duplicate], ...] = ()


Known = dict[str, tuple[str, Parsed]]
"""What files were read last, by path: their text and its objects."""


MOST_DOCUMENTS = 20_000
"""Documents of one render that are read; the largest public charts have some hundreds."""

MOST_VALUES = 600_000
"""Values in them together, which take 300 MB."""


class _Room:
    """How much more of one render is read."""

    def __init__(self) -> None:
        self.documents = MOST_DOCUMENTS
        self.values = MOST_VALUES

    @property
    def is_full(self) -> str:
        """What there is too much of, or ``""``."""
        if self.documents <= 0:
            return f"renders more than {MOST_DOCUMENTS:,} documents: this and what follows is not judged"
        if self.values <= 0:
            return f"renders more than {MOST_VALUES:,} values: this and what follows is not judged"
        return ""


def parse(
    files: Mapping[str, str], *, scenario: str = "default", known: Known | None = None, heads: bool = False
) -> Parsed:
    """Read every manifest of a render; partials (``_x.tpl``) and NOTES.txt are passed over. A ``List`` is opened.

    Most files of a chart are the same in most scenarios. A ``known`` shared between them saves reading those again:
    their objects are those of the scenario before, also in name. With ``heads`` nothing is read of large definitions
    of custom resources but what stands above their ``spec``.
    """
    objects: list[RenderedObject] = []
    bad: list[BadDocument] = []
    duplicates: list[tuple[RenderedObject, Duplicate]] = []
    room = _Room()
    for path in sorted(files):
        if is_manifest(path):
            text, parsed = known.get(path, ("", None)) if known is not None else ("", None)
            if parsed is None or text != files[path]:
                read = _heads(files[path]) if heads else files[path]
                parsed = parse_file(path, read, scenario=scenario, room=room)
                if known is not None and read is files[path]:
                    known[path] = (files[path], parsed)
            objects += parsed.objects
            bad += parsed.bad
            duplicates += parsed.duplicates
    return Parsed(tuple(objects), tuple(bad), tuple(duplicates))


def parse_file(path: str, text: str, *, scenario: str = "default", room: _Room | None = None) -> Parsed:
    """Read one file of manifests, whatever its name: a rendered template, or what somebody applies as it is.

    ``room`` is shared by the files of a render.
    """
    room = room or _Room()
    objects: list[RenderedObject] = []
    bad: list[BadDocument] = []
    duplicates: list[tuple[RenderedObject, Duplicate]] = []
    for line, document in split(text):
        if message := room.is_full:
            bad.append(BadDocument(path, message, "yaml", line, 1, scenario))
            break
        room.documents -= 1
        room.values -= _parse_document(path, line, document, scenario, objects, bad, duplicates)
    return Parsed(tuple(objects), tuple(bad), tuple(duplicates))


def is_manifest(path: str) -> bool:
    """Whether a rendered template becomes objects: not a partial and not NOTES.txt."""
    name = path.rsplit("/", 1)[-1]
    return not name.startswith("_") and name != "NOTES.txt"


_LARGE = 16_000
"""Characters of a file beyond which it pays to look for definitions that need not be read."""

_DEFINITION = re.compile(r"\nkind: CustomResourceDefinition\s*\n")


def _heads(text: str) -> str:
    """A file without the ``spec`` of its definitions of custom resources; the same text where there are none."""
    if len(text) < _LARGE or "CustomResourceDefinition" not in text:
        return text
    ends = (*_separators(text), len(text))
    heads = [_head(text[start:end]) for start, end in zip((0, *ends), ends, strict=False)]
    return "".join(heads) if sum(map(len, heads)) < len(text) else text


def _head(document: str) -> str:
    spec = document.find("\nspec:")
    is_above = _DEFINITION.search(document, 0, max(spec, 0) + 1) and document.find("\nmetadata:", 0, spec) >= 0
    return document[: spec + 1] if is_above else document


def split(text: str) -> Iterator[tuple[int, str]]:
    """The documents of a rendered file with the 1-based line each begins at; blank ones are left out."""
    start = 0
    line, counted = 1, 0
    for end in chain(_separators(text), (len(text),)):
        part = text[start:end]
        if part and not part.isspace():
            line, counted = line + text.count("\n", counted, start), start
            yield line, part
        # What follows "---" on its line belongs to the document, as in Helm.
        start = end + 3


def _separators(text: str) -> Iterator[int]:
    """Where lines begin with ``---``; an expression for the beginning of a line takes ten times as long."""
    at = text.find("---")
    while at >= 0:
        if at == 0 or text[at - 1] == "\n":
            yield at
        at = text.find("---", at + 3)


def _parse_document(
    path: str,
    line: int,
    text: str,
    scenario: str,
    objects: list[RenderedObject],
    bad: list[BadDocument],
    duplicates: list[tuple[RenderedObject, Duplicate]],
) -> int:
    """Add what a document holds; gives how many values that are."""
    try:
        document = read(text, first_line=line)
    except YamlError as error:
        bad.append(BadDocument(path, error.message, "yaml", error.line, error.column, scenario))
        return 0
    if document.data is None:
        return 0
    first = len(objects)
    _add(path, document, document.data, Pointer(), scenario, objects, bad)
    if len(objects) > first:
        duplicates.extend((objects[first], duplicate) for duplicate in document.duplicates)
    return document.nodes


def _add(
    path: str,
    document: Document,
    body: Any,
    at: Pointer,
    scenario: str,
    objects: list[RenderedObject],
    bad: list[BadDocument],
    *,
    in_list: bool = False,
) -> None:
    where = document.locate(at)
    if not isinstance(body, dict):
        what = "a list" if isinstance(body, list) else f"the text {body!r}" if isinstance(body, str) else repr(body)
        message = f"renders {what} where an object is expected"
        bad.append(BadDocument(path, message, "not-a-mapping", where.line, where.column, scenario))
        return
    for field_name, code in (("kind", "no-kind"), ("apiVersion", "no-api-version")):
        if not isinstance(body.get(field_name), str) or not body[field_name]:
            message = f"renders an object without {field_name}"
            bad.append(BadDocument(path, message, code, where.line, where.column, scenario))
            return
    api_version, kind = str(body["apiVersion"]), str(body["kind"])
    if kind.endswith("List") and isinstance(body.get("items"), list):
        for index, item in enumerate(body["items"]):
            _add(path, _sub(document, at / "items" / index), item, Pointer(), scenario, objects, bad, in_list=True)
        return
    metadata = _mapping(body.get("metadata"))
    objects.append(
        RenderedObject(
            api_version,
            kind,
            _word(metadata.get("name") or metadata.get("generateName") or ""),
            _word(metadata.get("namespace") or ""),
            body,
            path,
            document,
            scenario,
            in_list,
        )
    )


def _sub(document: Document, pointer: Pointer) -> Document:
    """The part of a document below a pointer as a document of its own, with the positions it had, and all keys."""
    data, event = document.data, document.root
    for part in pointer.parts:
        event = data.events[part]
        data = data[part]
    return Document(data, event, document.line, keys=document.keys)


def _word(value: Any) -> str:
    """A name as YAML writes it; what is no text is the fault of whoever did not quote it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
