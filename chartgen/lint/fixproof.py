"""Whether a changed chart renders what the fixes meant, and nothing else: the proof of every fix.

In every scenario both charts' objects are compared. What differs has to be what a fix wants of that object, or to
follow from it: a digest of what changed, or text that a file of the chart spells out and that the fix was to change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from chartgen.engine.api import Failure, Rendered
from chartgen.engine.objects import Parsed, RenderedObject, is_manifest, parse
from chartgen.fielddata import CannotEdit, renamed, same, with_field, without
from chartgen.fixes import (
    Action,
    OmitField,
    QuoteField,
    RemoveDuplicates,
    RemoveField,
    RenameField,
    ReplaceText,
    SetField,
)
from chartgen.location import Pointer
from chartgen.yamlscalar import YamlError

Answer = Rendered | Failure
Owner = tuple[str, str, str]
"""A rendered file, a kind and a name."""

_DIGEST = re.compile(r"[0-9a-f]{32,128}")


class Wanted:
    """What the fixes of a trial want: actions by object, and texts that may become others wherever they are printed."""

    def __init__(self) -> None:
        self.by_object: dict[Owner, list[Action]] = {}
        self.texts: list[tuple[str, str]] = []

    def of(self, obj: RenderedObject, among: Iterable[RenderedObject]) -> list[Action]:
        """What is wanted of an object among those of its template.

        Another release has other names: where none of the names is known, what is wanted of any object of the kind is
        wanted of each of them.
        """
        alike = {key: actions for key, actions in self.by_object.items() if key[:2] == (obj.source, obj.kind)}
        if any((obj.source, one.kind, one.name) in alike for one in among):
            return alike.get((obj.source, obj.kind, obj.name), [])
        return [action for actions in alike.values() for action in actions]


def objection(
    before: Sequence[Answer], after: Sequence[Answer], wanted: Wanted, again: Callable[[], Sequence[Answer]]
) -> str:
    """Why the changed chart proves nothing, or ``""`` when it does what is wanted and no more.

    The answers are those of the scenarios in order. ``again`` renders the unchanged chart once more: what differs then
    too is random.
    """
    for index, (old, new) in enumerate(zip(before, after, strict=True)):
        if isinstance(old, Failure):
            continue
        if isinstance(new, Failure):
            return f"the chart would not render: {' '.join(new.message.split())[:200]}"
        found = next(_differences(old, new, wanted), None)
        if found is None:
            continue
        repeated = again()[index]
        noise = set(_differences(old, repeated, Wanted())) if isinstance(repeated, Rendered) else set()
        found = next((one for one in _differences(old, new, wanted) if one not in noise), None)
        if found is not None:
            ref, where = found
            return f"{ref} would change at {where}" if where else ref
    return ""


def _differences(old: Rendered, new: Rendered, wanted: Wanted) -> Iterator[tuple[str, str]]:
    """What differs beyond what is wanted, as an object's name and a place in it."""
    if dict(old.crds) != dict(new.crds):
        yield "a CRD would change", ""
    differ = [path for path in sorted({*old.files, *new.files}) if old.files.get(path) != new.files.get(path)]
    for path in differ:
        before, after = old.files.get(path, ""), new.files.get(path, "")
        if not is_manifest(path) and path.endswith("NOTES.txt") and _replaced(before, wanted) != after != before:
            yield f"{path} would change", ""
    one, other = (parse({path: given[path] for path in differ if path in given}) for given in (old.files, new.files))
    yield from _trouble(one, other)
    olds, news = _by_source(one), _by_source(other)
    for source in sorted({*olds, *news}):
        if len(olds.get(source, ())) != len(news.get(source, ())):
            yield f"{source} would render another number of objects", ""
            continue
        for obj, changed in zip(olds.get(source, ()), news.get(source, ()), strict=True):
            for pointer in _unexplained(obj, changed, wanted, wanted.of(obj, olds.get(source, ()))):
                yield obj.ref, pointer.dotted


def _trouble(one: Parsed, other: Parsed) -> Iterator[tuple[str, str]]:
    if len(other.bad) > len(one.bad):
        yield f"{other.bad[-1].source} would be broken: {other.bad[-1].message}", ""
    if len(other.duplicates) > len(one.duplicates):
        obj, duplicate = other.duplicates[-1]
        yield f"{obj.ref} would give {duplicate.pointer.dotted} twice", ""


def _by_source(parsed: Parsed) -> Mapping[str, list[RenderedObject]]:
    found: dict[str, list[RenderedObject]] = {}
    for obj in parsed.objects:
        found.setdefault(obj.source, []).append(obj)
    return found


def _unexplained(
    old: RenderedObject, new: RenderedObject, wanted: Wanted, actions: Iterable[Action]
) -> Iterator[Pointer]:
    """The places at which two objects differ for no reason that is known."""
    before, after = _plain(old.body), _plain(new.body)
    if same(before, after):
        return
    for action in sorted(actions, key=_place, reverse=True):  # the last items of lists go first
        before = _acted(before, after, action)
    for pointer, one, other in _leaves(before, after, ()):
        is_digest = isinstance(one, str) and isinstance(other, str) and _is_digest(one, other)
        if not is_digest and not (isinstance(one, str) and _replaced(one, wanted) == other):
            yield pointer


def _place(action: Action) -> list[str]:
    return [] if isinstance(action, ReplaceText) else [f"{part:>9}" for part in action.pointer.parts]


def _is_digest(one: str, other: str) -> bool:
    return len(one) == len(other) and bool(_DIGEST.fullmatch(one) and _DIGEST.fullmatch(other))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _replaced(text: str, wanted: Wanted) -> str:
    for old, new in wanted.texts:
        text = text.replace(old, new)
    return text


def _acted(before: Any, after: Any, action: Action) -> Any:
    """The object with what is wanted of it, where the changed chart has it so; it may not in every scenario."""
    if isinstance(action, ReplaceText | RemoveDuplicates) or action.file:
        return before
    parts = action.pointer.parts
    there, now = _at(before, parts), _at(after, parts)
    try:
        if isinstance(action, SetField) and now and same(now[0], action.value):
            return with_field(before, parts, action.value)
        if isinstance(action, RenameField):
            return renamed(before, parts, action.name)
        if isinstance(action, RemoveField | OmitField) and there and (not now or not same(there[0], now[0])):
            return without(before, parts)
        if isinstance(action, QuoteField) and there and now and _is_quoted(there[0], now[0]):
            return with_field(before, parts, now[0])
    except CannotEdit:
        pass
    return before


def _is_quoted(old: Any, new: Any) -> bool:
    from chartgen.yamlread import read

    try:
        if not isinstance(new, str) or isinstance(old, str):
            return False
        is_same = isinstance(old, bool) or "e" not in new.lower()  # 1.2345678e+07 is the number, and not its text
        return is_same and bool(same(read(new).data, old))
    except YamlError:
        return False


def _at(data: Any, parts: Iterable[str | int]) -> tuple[Any, ...]:
    """What stands at a place, in brackets; () when there is nothing."""
    for part in parts:
        if isinstance(data, dict) and str(part) in data:
            data = data[str(part)]
        elif isinstance(data, list) and str(part).isdecimal() and int(part) < len(data):
            data = data[int(part)]
        else:
            return ()
    return (data,)


def _leaves(one: Any, other: Any, parts: tuple[str | int, ...]) -> Iterator[tuple[Pointer, Any, Any]]:
    """The deepest places at which two values differ, with what stands there; a missing value is None."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            yield from _leaves(one.get(key), other.get(key), (*parts, key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (item, changed) in enumerate(zip(one, other, strict=True)):
            yield from _leaves(item, changed, (*parts, index))
    elif not same(one, other):
        yield Pointer(parts), one, other
