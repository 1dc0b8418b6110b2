"""The settings of an application that an entry of a ConfigMap or Secret makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.absent import ABSENT
from chartgen.compare.fields import FieldChange, field_changes
from chartgen.compare.normal import embedded, secret_text

_SET_IN_TEXT = re.compile(r"^[ \t]*(?:- )?[\"']?([\w./-]+)[\"']?[ \t]*[:=]", re.MULTILINE)
_PROGRAM = r"\.(?:(?:ba)?sh|py|js|lua|sql|rb|pl|ps1|groovy|php|html?|tmpl|tpl)\Z"


def set_in_text(text: str) -> list[str]:
    r"""The names that a text sets, one a line: ``listen`` of ``listen = 0.0.0.0``.

    >>> set_in_text("[cache]\n  fifo: 10\n  # lru: 20\n")
    ['fifo']
    """
    return _SET_IN_TEXT.findall(text)


def gone(change: FieldChange, kind: str, names: frozenset[str]) -> Iterator[str]:
    """The settings of an entry that are gone: the entry itself, or what its text has no more."""
    if change.after is ABSENT:
        if change.path[-1] in names:
            yield change.path[-1]
        return
    before, after = _texts(change, kind)
    old, new = embedded(before), embedded(after)
    if isinstance(old, dict) and isinstance(new, dict):
        for one in () if _is_dashboard(old) else field_changes(old, new):
            if one.after is ABSENT and one.path[-1] in names and not _is_in_list(one):
                yield one.dotted
    elif old is None and new is None and not _is_program(change, before):
        still = set(set_in_text(after))
        yield from (one for one in dict.fromkeys(set_in_text(before)) if one in names and one not in still)


def has_come(change: FieldChange, kind: str) -> bool:
    """Whether an entry sets something that it did not, which may be another name of what is gone."""
    if ABSENT in (change.before, change.after):
        return change.before is ABSENT
    before, after = _texts(change, kind)
    old, new = embedded(before), embedded(after)
    if isinstance(old, dict) and isinstance(new, dict):
        return any(one.before is ABSENT and not _is_in_list(one) for one in field_changes(old, new))
    return bool(set(set_in_text(after)) - set(set_in_text(before)))


def _texts(change: FieldChange, kind: str) -> tuple[str, str]:
    """What an entry says on both sides, ``""`` for what is no text."""
    texts = (secret_text(one) if kind == "Secret" else one for one in (change.before, change.after))
    before, after = (one if isinstance(one, str) else "" for one in texts)
    return before, after


def _is_in_list(change: FieldChange) -> bool:
    return any(part.startswith("[") for part in change.path)


def _is_program(change: FieldChange, text: str) -> bool:
    """Whether an entry is a script or a page, whose variables are its own affair."""
    return text.startswith("#!") or re.search(_PROGRAM, change.path[-1]) is not None


def _is_dashboard(data: Mapping[str, Any]) -> bool:
    return any(isinstance(data.get(key), list) for key in ("panels", "rows"))  # Grafana's
