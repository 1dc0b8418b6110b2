"""What people have allowed: comments in templates, values.yaml and Chart.yaml.

::

    {{/* chartgen: allow <rule>[, <rule>] - reason */}}
    # chartgen: allow <rule>[, <rule>] until 2027-01-31 - reason

A comment allows what is found on its own line or, standing alone on its line (or several), on the next line that is
none. In values.yaml it also allows what is found where that value is used; there and in Chart.yaml it allows what the
file as a whole lacks. After the day it names it has no effect. Objects are excused by the annotation
``chartgen.dev/allow.<rule>: "reason"``.
"""

import re

from chartgen.tuples import NamedTuple

_ID = r"\w[\w-]*(?:\.\w[\w-]*)*"
"""A rule's id; those of a user's own policies may hold dots."""

ALLOW = rf"""(?x)(?P<open>\{{\{{-?\s*/\*|\#)\s*chartgen:\s*allow\b\s*
        (?P<ids>(?!until\s){_ID}(?:\s*,\s*{_ID})*)?\s*
        (?P<reason>.*?)\s*
        (?P<close>\*/\s*-?\}}\}}|$)"""


class Allowance(NamedTuple):
    """One rule allowed by a comment: in ``file`` at ``line`` and ``column``, for findings on ``covers``.

    ``until`` is the last day on which it counts (``2027-01-31``), or ``""``.
    """

    rule: str
    reason: str
    file: str
    line: int
    column: int
    covers: int
    until: str = ""


def allowances(file: str, text: str) -> tuple[Allowance, ...]:
    """Every allowance in the comments of a file, in order."""
    if "chartgen:" not in text:
        return ()
    found: list[Allowance] = []
    waiting: list[tuple[re.Match[str], int]] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = re.search(ALLOW, line)
        if match and not (line[: match.start()] + line[match.end() :]).strip():
            waiting.append((match, number))
            continue
        for above, at in waiting:
            found += _of(above, file, at, covers=number)
        waiting.clear()
        if match:
            found += _of(match, file, number, covers=number)
    for above, at in waiting:
        found += _of(above, file, at, covers=at)
    return tuple(found)


def _of(match: re.Match[str], file: str, line: int, *, covers: int) -> list[Allowance]:
    until, reason = split_until(match["reason"])
    ids = re.split(r"\s*,\s*", match["ids"]) if match["ids"] else [""]
    column = match.start() + 1
    return [Allowance(rule_id, reason, file, line, column, covers, until) for rule_id in ids]


def split_until(text: str) -> tuple[str, str]:
    """The last day that a reason begins with (``until 2027-01-31 - reason``), or ``""``, and the reason itself."""
    match = re.match(r"until\s+(\d{4}-\d{2}-\d{2})\b", text)
    rest = text[match.end() :] if match else text
    return (match[1] if match else ""), rest.lstrip("-:\N{EN DASH}\N{EM DASH} ")
