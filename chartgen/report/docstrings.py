"""What stands in the docstring of a rule or a judgement, which is its page."""

from __future__ import annotations

import inspect
import re


def docstring(one: object) -> str:
    """The docstring of its class, without indentation."""
    return inspect.getdoc(type(one)) or ""


def title(one: object) -> str:
    """The first sentence, on one line."""
    return " ".join(docstring(one).partition("\n\n")[0].split())


def why(one: object) -> str:
    """The text below ``## Why``, on one line; ``""`` where there is none."""
    match = re.search(r"^## Why$(.*?)(?=^## |\Z)", docstring(one), re.MULTILINE | re.DOTALL)
    return " ".join(match[1].split()) if match else ""
