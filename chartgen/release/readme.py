"""Keeps the badges of a README in step with Chart.yaml: those that helm-docs writes, and shields.io's of any kind."""

from __future__ import annotations

import re
from urllib.parse import quote


def with_badges(text: str, *, label: str, old: str, new: str) -> str:
    """The text with the badges of a label (``Version``, ``AppVersion``) that show ``old`` showing ``new``.

    A badge is an image: its title (``![Version: 1.2.3]``) and its address change, what is around it does not.
    """
    if old == new or not old:
        return text
    titled = re.compile(rf"({label}[ :]+){re.escape(old)}", re.IGNORECASE)
    addressed = [
        (re.compile(rf"(/badge/{label}-){re.escape(_escaped(old))}(?=-[^-])", re.IGNORECASE), _escaped(new)),
        (re.compile(rf"([?&]label={label}&message=){re.escape(quote(old, safe=''))}(?=&|$)"), quote(new, safe="")),
    ]

    def changed(match: re.Match[str]) -> str:
        title = titled.fullmatch(match["title"])
        url = match["url"]
        for pattern, after in addressed:
            found = pattern.search(url)
            url = url[: found.start()] + found[1] + after + url[found.end() :] if found else url
        return f"![{title[1] + new if title else match['title']}]({url}{match['rest']})"

    return _IMAGE.sub(changed, text)


_IMAGE = re.compile(r"!\[(?P<title>[^\]\n]*)\]\((?P<url>https?://[^)\s]*)(?P<rest>[^)\n]*)\)")


def _escaped(text: str) -> str:
    """Text as shields.io wants it in a path: dashes and underscores twice, blanks as underscores."""
    return text.replace("-", "--").replace("_", "__").replace(" ", "_")
