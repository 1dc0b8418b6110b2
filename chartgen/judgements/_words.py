"""How judgements of all areas put values into words."""

import json
from typing import Any

CONTEXT = frozenset(("Values", "Chart", "Release", "Files", "Capabilities", "Template", "Subcharts"))
"""What Helm hands to templates, which no chart calls a key of its own."""

_LONGEST = 60


def shown(value: Any) -> str:
    """A value on one line, shortened."""
    text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
