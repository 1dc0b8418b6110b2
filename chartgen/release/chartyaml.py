"""The edits of Chart.yaml and values.yaml that a release takes: text in, text out, and not a byte more than meant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chartgen.fielddata import CannotEdit
from chartgen.location import Pointer
from chartgen.release.entries import Entry
from chartgen.release.scalars import set_block, set_text
from chartgen.yamledit import apply, remove_field, set_field
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError

FILE = "Chart.yaml"
CHANGES = "artifacthub.io/changes"
PRERELEASE = "artifacthub.io/prerelease"
IMAGES = "artifacthub.io/images"
ALLOWED = "chartgen.dev/allow-breaking"
"""The annotation that says why a version may break something: ``1.3.0: nobody uses it``. It holds for that version."""


def with_version(text: str, version: str) -> str:
    """Chart.yaml with a version. Raises CannotEdit."""
    return set_text(text, Pointer(("version",)), version)


def with_app_version(text: str, old: str, new: str) -> str:
    """Chart.yaml with the application's version, and with it in ``artifacthub.io/images``. Raises CannotEdit."""
    data = data_of(text)
    if "appVersion" in data:
        text = set_text(text, Pointer(("appVersion",)), new)
    else:
        text = apply(text, set_field(text, Pointer(("appVersion",)), new))
    images = annotation(data, IMAGES)
    if images and old:
        lines = tuple(re.sub(_tag(old), lambda match: match[1] + match[2] + new.removeprefix("v"), images).splitlines())
        if lines != tuple(images.splitlines()):
            text = set_block(text, Pointer(("annotations", IMAGES)), lines)
    return text


def _tag(old: str) -> str:
    """The tag of an image that is the old version, with or without the ``v``."""
    return rf"(image:\s*[\"']?[^\s\"'@]+:)(v?){re.escape(old.removeprefix('v'))}(?=[\"'@\s]|$)"


def image_tags(values: Any, version: str) -> Iterator[Pointer]:
    """Where values hold the application's version as the tag of an image: ``image.tag``, ``server.image.tag``."""
    plain = version.removeprefix("v")
    work = [(Pointer(), values)]
    while work:
        at, value = work.pop()
        if not isinstance(value, dict):
            continue
        for key, below in value.items():
            is_tag = key == "tag" and bool(at.parts) and str(at.parts[-1]).lower().endswith("image")
            if is_tag and isinstance(below, str) and plain and below.removeprefix("v") == plain:
                yield at / key
            elif len(at.parts) < _DEEPEST:
                work.append((at / key, below))


_DEEPEST = 5


def with_image_tags(text: str, old: str, new: str) -> str:
    """values.yaml with the tags that were the application's version following it; a ``v`` stays where it was."""
    data = data_of(text)
    for pointer in sorted(image_tags(data, old)):
        before: Any = data
        for part in pointer.parts:
            before = before[part]
        tag = new.removeprefix("v")
        text = set_text(text, pointer, f"v{tag}" if before.startswith("v") else tag)
    return text


def annotation(data: Mapping[str, Any], name: str) -> str:
    """An annotation of Chart.yaml, ``""`` when there is none."""
    found = data.get("annotations")
    value = found.get(name) if isinstance(found, dict) else None
    return value if isinstance(value, str) else ""


def with_changes(text: str, entries: Sequence[Entry]) -> str:
    """Chart.yaml with ``artifacthub.io/changes`` for this release alone, in the form it has. Raises CannotEdit.

    Artifact Hub takes a list of texts, or of mappings with ``kind`` and ``description``.
    """
    old = annotation(data_of(text), CHANGES)
    try:
        listed = read(old).data
    except YamlError:
        listed = None
    texts = isinstance(listed, list) and bool(listed) and all(isinstance(one, str) for one in listed)
    lines: list[str] = []
    for one in entries:
        said = json.dumps(f"Breaking: {one.text}" if one.breaking else one.text, ensure_ascii=False)
        lines += [f"- {said}"] if texts else [f"- kind: {one.category.lower()}", f"  description: {said}"]
    return set_block(text, Pointer(("annotations", CHANGES)), tuple(lines)) if lines else text


def with_prerelease(text: str, *, is_pre: bool) -> str:
    """Chart.yaml whose ``artifacthub.io/prerelease`` is true, where it says so or the version is a pre-release's.

    It stays out where it is not needed and was not there. Raises CannotEdit.
    """
    data = data_of(text)
    if not annotation(data, PRERELEASE):
        return text
    return set_text(text, Pointer(("annotations", PRERELEASE)), "true" if is_pre else "false")


def with_allowance(text: str, version: str, reason: str) -> str:
    """Chart.yaml with the reason why its version may break something; without one the annotation goes."""
    data = data_of(text)
    pointer = Pointer(("annotations", ALLOWED))
    if reason:
        value = f"{version}: {' '.join(reason.split())}"
        return apply(text, set_field(text, pointer, value)) if annotation(data, ALLOWED) != value else text
    if not annotation(data, ALLOWED):
        return text
    alone = len(data["annotations"]) == 1
    return apply(text, remove_field(text, Pointer(("annotations",)) if alone else pointer))


def allowance(data: Mapping[str, Any], version: str) -> str:
    """Why this very version may break something, as Chart.yaml says; ``""`` when it does not."""
    named, _, reason = annotation(data, ALLOWED).partition(":")
    return reason.strip() if named.strip() == version else ""


def data_of(text: str) -> dict[str, Any]:
    """A text as the mapping it holds. Raises CannotEdit for anything else."""
    try:
        data = read(text.removeprefix("\ufeff")).data
    except YamlError as error:
        raise CannotEdit(f"the file is no YAML: {error.message}") from None
    if not isinstance(data, dict):
        raise CannotEdit("the file is no mapping")
    return data
