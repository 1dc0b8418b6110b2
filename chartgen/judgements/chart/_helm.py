"""Which Helm a chart needs."""

import re

from chartgen.compare.side import Side
from chartgen.location import Location
from chartgen.tuples import NamedTuple

_FUNCTIONS = {"dig": (3, 5), "toYamlPretty": (3, 17), "mustToYaml": (3, 18), "mustToJson": (3, 18)}
"""The release of Helm that first has a function. Sources: Helm's release notes, and sprig 3.2.0 for ``dig``."""

_ASKED = re.compile(
    r"\bhelm(?:\]\([^)]*\))?\s*(?:version\s*)?(?:>=?\s*)?v?([3-9])\.(\d+)(?:\.\d+)?\s*\+", re.IGNORECASE
)


class Needed(NamedTuple):
    """A release of Helm (major, minor), what needs it, and where that stands."""

    version: tuple[int, int]
    what: str
    location: Location


def needed(side: Side) -> Needed:
    """The oldest Helm that a chart works with, as far as its templates and its README (``Helm 3.8.0+``) say."""
    found = Needed((3, 0), "", Location())
    for path, template in side.analysis.templates.items():
        for call in template.calls:
            name = call.args[0].value
            version = _FUNCTIONS.get(name, (3, 0))
            if version > found.version:
                found = Needed(version, f"the function '{name}'", template.location(path, call.start, call.end))
    text = side.chart.text("README.md") or ""
    for match in _ASKED.finditer(text):
        version = int(match[1]), int(match[2])
        if version > found.version:
            found = Needed(
                version, "by its README the chart", Location("README.md", text.count("\n", 0, match.start()) + 1)
            )
    return found
