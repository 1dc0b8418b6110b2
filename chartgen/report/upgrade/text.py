"""What an upgrade does in a cluster, for people: one line an object, its fields below, and what restarts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from chartgen.absent import ABSENT
from chartgen.changes import DiffReport
from chartgen.report.style import on_line, one_line, paint
from chartgen.upgrades import Fate, Field, HookRun, ObjectFate, Upgrade

WORDS: Final = {
    Fate.REFUSED: ("refused", "error"),
    Fate.CREATED: ("create", "info"),
    Fate.CHANGED: ("change", "warning"),
    Fate.DELETED: ("delete", "error"),
    Fate.KEPT: ("keep", "info"),
}
"""What each fate is called, and its colour."""

_MOST_FIELDS = 12
_MOST_QUIET = 4
_WIDEST = 100


def report(report: DiffReport, *, color: bool = False) -> str:
    """All scenarios; those in which the same happens as in an earlier one are named with it."""
    names = " -> ".join(f"{one.name} {one.version}".strip() for one in (report.old, report.new))
    blocks = []
    for scenarios, one in merged(report.upgrades):
        head = f"helm upgrade, {on_line(names)}, with {on_line(', '.join(scenarios))}"
        blocks.append("\n".join([paint(head, "strong", color=color), *_upgrade(one, color)]))
    blocks += [f"{paint('not compared', 'warning', color=color)}: {one_line(one)}" for one in unsaid(report)]
    return "\n\n".join(blocks) + "\n"


def unsaid(report: DiffReport) -> tuple[str, ...]:
    """What could not be compared, without what the upgrades say themselves."""
    said = {f"{one.scenario}: {one.failure}" for one in report.upgrades}
    return tuple(text for text in report.unjudged if text not in said)


def only_labels(one: ObjectFate) -> bool:
    """Whether nothing of an object changes but its own labels, as they do with each version."""
    own = all(field.place.startswith("metadata.labels.") for field in one.fields)
    return one.fate is Fate.CHANGED and bool(one.fields) and own


def merged(upgrades: tuple[Upgrade, ...]) -> list[tuple[list[str], Upgrade]]:
    """The upgrades that differ, each with all its scenarios."""
    found: list[tuple[list[str], Upgrade]] = []
    for one in upgrades:
        nameless = one._replace(scenario="")
        names = next((names for names, other in found if other == nameless), None)
        if names is None:
            found.append(([one.scenario], nameless))
        else:
            names.append(one.scenario)
    return found


def _upgrade(one: Upgrade, color: bool) -> Iterator[str]:
    if one.failure:
        yield f"  {paint('nothing can be said', 'warning', color=color)}: {one_line(one.failure)}"
        return
    quiet = [obj for obj in one.objects if only_labels(obj)]
    for obj in one.objects:
        if obj not in quiet:
            yield from _object(obj, color)
    if quiet:
        refs = [on_line(obj.ref) for obj in quiet]
        more = f" and {len(refs) - _MOST_QUIET} more" if len(refs) > _MOST_QUIET else ""
        yield _line("change", "info", f"nothing but labels of {', '.join(refs[:_MOST_QUIET])}{more}", color)
    for hook in one.hooks:
        yield _line("run", "info", f"{on_line(hook.ref)} ({_hook(hook)})", color)
    for definition in one.definitions:
        yield _line("crds/", "warning", f"{on_line(definition.ref)} {definition.what}", color)
    for text in one.stale:
        yield _line("stale", "warning", one_line(text), color)
    yield f"  {summary(one)}"


def summary(one: Upgrade) -> str:
    """The last line: how many objects are created, changed, deleted, and how many workloads restart."""
    counts = [(len(one.of(fate)), fate.value) for fate in WORDS]
    parts = [f"{number} {word}" for number, word in counts if number]
    parts += [f"{one.unchanged} unchanged"] if one.unchanged else []
    text = ", ".join(parts) or "nothing"
    restarts = f"; {len(one.restarted)} restart their pods" if len(one.restarted) != 1 else "; 1 restarts its pods"
    fails = "; the upgrade fails until what is refused is deleted" if one.of(Fate.REFUSED) else ""
    return text + (restarts if one.restarted else "") + fails


def _object(one: ObjectFate, color: bool) -> Iterator[str]:
    word, style = WORDS[one.fate]
    text = on_line(one.ref) + (f" in {on_line(one.namespace)}" if one.namespace else "")
    text += f", was {on_line(one.was)}" if one.was else ""
    text += f": {one_line(one.why)}" if one.why else ""
    yield _line(word, style, text, color)
    if one.restarts:
        yield f"             {paint('restarts its pods', 'help', color=color)}: {one_line(one.restarts)}"
    for field in one.fields[:_MOST_FIELDS]:
        yield f"             {field_text(field)}"
    if len(one.fields) > _MOST_FIELDS:
        yield f"             and {len(one.fields) - _MOST_FIELDS} more fields"


def _line(word: str, style: str, text: str, color: bool) -> str:
    return f"  {paint(f'{word:<9}', style, color=color)}{text}"


def field_text(field: Field) -> str:
    """A field on one line: ``~`` changes, ``+`` comes, ``-`` goes."""
    place = on_line(field.place)
    if field.note:
        return f"~ {place}: {field.note}"
    if field.before is ABSENT and field.after is ABSENT:
        return f"~ {place}"
    if field.before is ABSENT:
        return f"+ {place}" + ("" if field.is_masked else f": {_shown(field.after)}")
    if field.after is ABSENT:
        return f"- {place}"
    told = "differs" if field.is_masked else f"{_shown(field.before)} -> {_shown(field.after)}"
    return f"~ {place}: {told}"


def _shown(value: Any) -> str:
    """A value on one line, cut where it is long."""
    text = value if isinstance(value, str) and value and "\n" not in value else json.dumps(value, default=str)
    return on_line(text if len(text) <= _WIDEST else text[: _WIDEST - 3] + "...")


def _hook(hook: HookRun) -> str:
    fresh = ", new" if hook.is_new else ", changed" if hook.is_changed else ""
    return f"{hook.when}, weight {hook.weight}{fresh}"
