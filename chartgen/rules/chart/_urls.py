"""What Helm's lint takes for a URL and for an e-mail address (it uses asaskevich/govalidator)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_EMAIL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}\Z"
_BARE = r"(?i)(?:[\w-]+\.)+[a-z]{2,}(?:[:/?#].*)?\Z"


def is_request_url(text: str) -> bool:
    """Whether a text is a URL with a scheme and a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc) and not any(char.isspace() for char in text)


def is_url(text: str) -> bool:
    """Whether a text is a URL, with or without a scheme: ``example.com/ann``."""
    return is_request_url(text) or re.match(_BARE, text) is not None


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address."""
    local = text.partition("@")[0]
    return re.match(_EMAIL, text) is not None and ".." not in local and local[:1] != "." and local[-1:] != "."
