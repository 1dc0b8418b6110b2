"""Patterns of paths and names as policy files write them."""

import re
from functools import cache


def matches(pattern: str, path: str) -> bool:
    """Whether a POSIX path, or a folder that it lies in, fits a pattern: ``charts/*/templates``, ``**/vendor``.

    ``*`` and ``?`` stop at a slash, ``**`` does not.
    """
    parts = path.split("/")
    regex = _regex(pattern.strip("/"))
    return any(regex.fullmatch("/".join(parts[:length])) for length in range(len(parts), 0, -1))


def fits(pattern: str, path: str) -> bool:
    """Whether a POSIX path itself fits a pattern."""
    return _regex(pattern).fullmatch(path) is not None


def named(pattern: str, name: str) -> bool:
    """Whether a name that is no path (``Deployment/web``) fits a pattern; ``*`` stands for anything."""
    return _regex(pattern.replace("*", "**")).fullmatch(name) is not None


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    text = ""
    for part in re.split(r"(\*\*/|\*\*|\*|\?)", pattern):
        text += {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(part, re.escape(part))
    return re.compile(text, re.DOTALL)
