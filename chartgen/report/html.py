"""One HTML file for people: every finding with its line, to be filtered by text, severity, chart and rule.

It needs nothing beside itself and no network, and without its script it is still the whole report. Whatever comes from
a chart is text on it: it is escaped, and the page's own policy lets no script run but the one whose hash it names.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from pathlib import Path
from types import MappingProxyType

from chartgen import __version__
from chartgen.findings import Finding, Report, Severity
from chartgen.location import Location, lines
from chartgen.report.grouping import by_subject, worst_first
from chartgen.report.rules import about
from chartgen.report.statistics import Count, counts
from chartgen.report.style import clean
from chartgen.report.summary import counted, of_report

_FOLDER = Path(__file__).parent

_WIDEST = 240
"""Characters of a line that are shown; the rest of a longer one is cut off around what is meant."""

ALLOWED = "allowed"


_OWN_WORDS = {severity: severity.value for severity in Severity}


def report(
    report: Report,
    *,
    title: str = "chartgen report",
    summary: str = "",
    words: Mapping[Severity, str] = MappingProxyType(_OWN_WORDS),
) -> str:
    """The page as text. ``summary`` stands below the title, and ``words`` are what the severities are called."""
    script = (_FOLDER / "page.js").read_text("utf-8")
    groups = by_subject(report, (*worst_first(report.findings), *report.suppressed))
    found = counts(report)
    parts = {
        "title": _text(title),
        "summary": _text(summary or of_report(report)),
        "severities": _severities(report, words),
        "charts": "".join(_option(name) for name, findings in groups.items() if findings),
        "rules": "".join(_option(rule) for rule in sorted(count.rule for count in found)),
        "findings": "".join(
            _section(name, findings, report.sources, words) for name, findings in groups.items() if findings
        )
        or f'<p class="empty">{_text(of_report(report))}.</p>\n',
        "table": _table(found, words),
        "version": _text(__version__),
        "script-hash": "sha256-" + b64encode(sha256(script.encode()).digest()).decode(),
        "script": script,
    }
    page = re.split(r"<!-- ([a-z-]+) -->", (_FOLDER / "page.html").read_text("utf-8"))
    return "".join(parts[part] if index % 2 else part for index, part in enumerate(page))


def _text(text: str) -> str:
    return escape(clean(text))


def _option(value: str) -> str:
    return f'<option value="{_text(value)}">{_text(value or "no file")}</option>'


def _severities(report: Report, words: Mapping[Severity, str]) -> str:
    """A box for each severity that was found; what is allowed is not shown until it is asked for."""
    boxes = [(severity.value, words[severity], report.number(severity), True) for severity in Severity]
    boxes.append((ALLOWED, ALLOWED, len(report.suppressed), False))
    return "".join(
        f'<label class="{name}"><input type="checkbox" name="level" value="{name}"{" checked" * checked}>'
        f'<span class="level">{word}</span> {number}</label>'
        for name, word, number, checked in boxes
        if number
    )


def _section(name: str, found: tuple[Finding, ...], sources: Mapping[str, str], words: Mapping[Severity, str]) -> str:
    items = "".join(_item(name, finding, sources, words) for finding in found)
    heading = f'<h2>{_text(name or "no file")}<span class="number">{len(found)}</span></h2>'
    return f'<section data-chart="{_text(name)}">{heading}\n<ol>\n{items}</ol>\n</section>\n'


def _item(chart: str, finding: Finding, sources: Mapping[str, str], words: Mapping[Severity, str]) -> str:
    level = ALLOWED if finding.suppressed else finding.severity.value
    word = ALLOWED if finding.suppressed else words[finding.severity]
    rule, where = _text(finding.rule), _text(str(finding.primary))
    parts = [
        f'<li class="finding {level}" data-level="{level}" data-rule="{rule}" data-chart="{_text(chart)}">',
        f'<h3><span class="level">{word}</span> {_text(finding.message)}</h3>',
        f'<p class="meta"><span class="where">{where}</span> <a href="#rule-{rule}">{rule}</a></p>',
        _excerpt(finding.primary, sources),
        _note("help", finding.help),
    ]
    parts += [_note("note", ": ".join(filter(None, (str(one.location), one.message)))) for one in finding.related]
    if finding.fix and not finding.suppressed:
        option = "--fix" if finding.fix.safe else "--fix --unsafe"
        parts.append(_note("fix", f"{finding.fix.description} ({option})"))
    if finding.scenarios and "default" not in finding.scenarios:
        parts.append(_note("only with", ", ".join(finding.scenarios)))
    if finding.suppressed:
        at = str(finding.suppressed.location)
        parts.append(_note("allowed", finding.suppressed.reason + (f" ({at})" if at else "")))
    return "".join(parts) + "</li>\n"


def _note(label: str, text: str) -> str:
    kind = "help" if label == "help" else "note"
    return f'<p class="{kind}"><span>{label}:</span> {_text(text)}</p>' if text else ""


def _excerpt(where: Location, sources: Mapping[str, str]) -> str:
    """The line that is meant, with the part of it that is meant marked."""
    known = lines(sources.get(where.file or "", ""))
    if where.line is None or not 1 <= where.line <= len(known):
        return ""
    line = known[where.line - 1]
    start, end = len(line), len(line)
    if where.column is not None:
        start = min(where.column - 1, len(line))
        end = where.end_column - 1 if where.end_column and where.end_line == where.line else start + 1
    indent = len(line) - len(line.lstrip())
    first = max(indent, min(start - _WIDEST // 3, len(line) - _WIDEST))
    last = min(len(line), first + _WIDEST)
    before, meant, after = line[first:start], line[start : min(end, last)], line[max(start, end) : last]
    marked = f"<mark>{_text(meant)}</mark>" if meant else ""
    shown = "..." * (first > indent) + _text(before) + marked + _text(after) + "..." * (last < len(line))
    return f"<pre><b>{where.line} | </b>{shown}</pre>"


def _table(found: tuple[Count, ...], words: Mapping[Severity, str]) -> str:
    """The rules that found something: how often, what, and why that matters."""
    if not found:
        return ""
    head = "<thead><tr><th>Rule</th><th>Found</th><th>What it means</th></tr></thead>"
    rows = "".join(_row(count, words) for count in found)
    heading = '<h2 id="rules-title">Rules</h2>'
    return f'<section aria-labelledby="rules-title">{heading}\n<table>{head}\n{rows}</table></section>'


def _row(count: Count, words: Mapping[Severity, str]) -> str:
    name = _text(count.rule)
    known = about(count.rule)
    meaning = ""
    if known:
        why = f"<details><summary>Why</summary><p>{_prose(known.why)}</p></details>" if known.why else ""
        meaning = _prose(known.title) + why
    number = counted(count.found, words[count.severity]) + (f", {count.allowed} allowed" if count.allowed else "")
    show = f'<button type="button" data-show="{name}" hidden aria-label="Show the findings of {name}">Show</button>'
    return (
        f'<tr id="rule-{name}"><td class="rule-name"><code>{name}</code></td>'
        f'<td class="count {count.severity.value}">{number} {show}</td><td class="finds">{meaning}</td></tr>\n'
    )


def _prose(text: str) -> str:
    """A rule's own words, in which backticks mark code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", _text(text))
