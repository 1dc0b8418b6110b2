"""What an upgrade does in a cluster, as Markdown for a comment on a change: a table for each scenario."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.changes import DiffReport
from chartgen.report.markdown import MOST_BYTES, code, escaped
from chartgen.report.upgrade.text import WORDS, field_text, merged, only_labels, summary, unsaid
from chartgen.upgrades import ObjectFate, Upgrade

_MOST_FIELDS = 5


def report(report: DiffReport) -> str:
    """All scenarios; those in which the same happens are told of once."""
    names = " -> ".join(f"{one.name} {one.version}".strip() for one in (report.old, report.new))
    text = f"## helm upgrade, {escaped(names)}\n"
    cut = 0
    for scenarios, one in merged(report.upgrades):
        text += f"\n### {escaped(', '.join(scenarios))}\n\n"
        for line in _upgrade(one):
            if len(text.encode()) + len(line.encode()) > MOST_BYTES:
                cut += 1
            else:
                text += line + "\n"
    if rest := unsaid(report):
        text += "\n### Not compared\n\n" + "".join(f"- {escaped(one)}\n" for one in rest)
    return text + (f"\n{cut} more lines: the report is too long to be shown here\n" if cut else "")


def _upgrade(one: Upgrade) -> Iterator[str]:
    if one.failure:
        yield f"Nothing can be said: {escaped(one.failure)}"
        return
    yield f"{escaped(summary(one))}\n"
    shown = [obj for obj in one.objects if not only_labels(obj)]
    if shown:
        yield "| | object | |\n|---|---|---|"
    for obj in shown:
        yield f"| {WORDS[obj.fate][0]} | {code(obj.ref)} | {_told(obj)} |"
    quiet = len(one.objects) - len(shown)
    if quiet:
        yield f"\n{quiet} more change in nothing but their own labels."
    rest = [f"{code(hook.ref)} runs {hook.when}" for hook in one.hooks]
    rest += [f"{code(each.ref)} {escaped(each.what)}" for each in one.definitions]
    rest += [escaped(text) for text in one.stale]
    if rest:
        yield ""
    for text in rest:
        yield f"- {text}"


def _told(obj: ObjectFate) -> str:
    """The cell about an object: why, what it was, what restarts, and its first fields."""
    parts = [f"was {code(obj.was)}"] if obj.was else []
    parts += [escaped(obj.why)] if obj.why else []
    parts += [f"**restarts its pods**: {escaped(obj.restarts)}"] if obj.restarts else []
    parts += [code(field_text(field)) for field in obj.fields[:_MOST_FIELDS]]
    more = len(obj.fields) - _MOST_FIELDS
    return "<br>".join([*parts, *([f"and {more} more fields"] if more > 0 else [])]).replace("|", "\\|")
