"""Which entries of a Secret let somebody in, rather than configure something."""

from __future__ import annotations

import re
from typing import Any

from chartgen.compare.fields import FieldChange
from chartgen.compare.normal import secret_text
from chartgen.compare.objects import ObjectPair
from chartgen.kube.access import get

_CREDENTIAL = re.compile(
    r"pass(?:word|wd|phrase)?\b|passw|pwd|token|credential|api-?key|private-?key|secret|\.key$|^key$", re.I
)
_HASH = re.compile(r"(?:[^:\n]*:)?(?:\$2[aby]\$|\$apr1\$|\{SHA\})")


def is_credential(key: str, value: Any) -> bool:
    """Whether an entry of a Secret's ``data`` is a password, a token or a key. A hash of one is salted anew each time
    and is none.
    """
    text = secret_text(value)
    if text is not None and (("\n" in text.strip() and "PRIVATE KEY" not in text) or _HASH.match(text)):
        return False
    return bool(_CREDENTIAL.search(key))


def regenerated(pair: ObjectPair) -> list[str]:
    """The entries of the new Secret that let somebody in and come out different at each rendering."""
    data = get(pair.new.body, "data"), get(pair.new.body, "stringData")
    keys = sorted({path[1] for path in pair.unstable if path[0] == "data" and len(path) > 1})
    return [
        key for key in keys if is_credential(key, next((box.get(key) for box in data if isinstance(box, dict)), None))
    ]


def credentials(pair: ObjectPair, *, removed: bool) -> list[FieldChange]:
    """The changed, or removed, entries of a Secret that let somebody in."""
    return [
        change
        for change in pair.under("data")
        if len(change.path) == 2
        and isinstance(change.before, str)
        and isinstance(change.after, str) is not removed
        and is_credential(change.path[1], change.before)
    ]
