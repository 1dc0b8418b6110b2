"""Text and data as they stand in a table of a generated page."""

from __future__ import annotations

import json
import re
from typing import Any


def flow(value: Any) -> str:
    """Data as flow YAML, bare where that is plain."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z/][A-Za-z0-9_./@:-]*", value) and not value.endswith(":"):
        return value
    return json.dumps(value, ensure_ascii=False)


def cell(text: str) -> str:
    """Text in one cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
