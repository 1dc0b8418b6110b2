"""What comes out different each time a chart is rendered: passwords, certificates, names and times made up on the spot.

Two renderings of one chart with the same values differ in exactly that, so it is not compared between two charts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from chartgen.chart.model import Chart
from chartgen.compare.fields import field_changes
from chartgen.compare.normal import normal
from chartgen.engine.objects import Parsed, RenderedObject

_MAY_DIFFER = re.compile(
    rb"(?<![.\w\"$])(?:rand(?:AlphaNum|Alpha|Numeric|Ascii|Bytes|Int)|uuidv4|now|shuffle|htpasswd|bcrypt|encryptAES|keys"
    rb"|genPrivateKey|genCA(?:WithKey)?|gen(?:SelfS|S)ignedCert(?:WithKey)?)\b"
)
_IN_ACTION = re.compile(rb"\{\{[^{}]*" + _MAY_DIFFER.pattern)
_LOOKED_UP = re.compile(rb"\{\{[^{}]*\b(?:lookup|\.Release\.Is(?:Install|Upgrade))\b")

_KEYS = ("-----BEGIN ", "LS0tLS1CRUdJTi")
"""How keys and certificates begin, as they are and in base64."""

Paths = frozenset[tuple[str, ...]]


def may_differ(chart: Chart) -> bool:
    """Whether a template uses a function that gives something else each time."""
    return _holds(chart, _IN_ACTION)


def makes_keys(chart: Chart, files: Mapping[str, str]) -> bool:
    """Whether a rendering seems to hold keys or certificates made for it, which may take seconds each time."""
    makes = re.compile(rb"\bgen(?:PrivateKey|CA|SelfSigned|Signed)")
    return any(mark in text for text in files.values() for mark in _KEYS) and _holds(chart, makes)


def looks_up(chart: Chart) -> bool:
    """Whether a template looks at what the cluster has, as those do that make up a password once."""
    return _holds(chart, _LOOKED_UP)


def _holds(chart: Chart, pattern: re.Pattern[bytes]) -> bool:
    return any(
        pattern.search(content)
        for path, content in chart.files.items()
        if path.endswith((".yaml", ".yml", ".tpl", ".txt", ".json"))
    )


def unstable(first: Parsed, second: Parsed | None, namespace: str) -> Mapping[RenderedObject, Paths]:
    """The objects of a rendering that came out different the second time, and the places where they did.

    Objects are matched by where they stand, because even their names may differ.
    """
    if second is None or len(first.objects) != len(second.objects):
        return {}
    found = {}
    for one, other in zip(first.objects, second.objects, strict=True):
        if one.body != other.body and (one.source, one.kind) == (other.source, other.kind):
            changes = field_changes(normal(one, namespace), normal(other, namespace))
            found[one] = frozenset(change.path for change in changes)
    return found
