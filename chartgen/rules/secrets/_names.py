"""Tells by its name whether something holds a secret, and by its value whether the secret is really there.

Both err on the side of silence: ``PASSWORD_FILE``, ``TOKEN_TTL`` and ``existingSecret`` name no secret, and
``$(PASSWORD)``, ``vault:secret/db#password`` or ``/run/secrets/db`` are none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

_SECRET_WORDS = frozenset({"password", "passwd", "pwd", "passphrase", "token", "apikey", "credentials"})

_SECRET_PAIRS = frozenset(
    {
        ("api", "key"),
        ("private", "key"),
        ("secret", "key"),
        ("encryption", "key"),
        ("signing", "key"),
        ("account", "key"),
    }
    | {
        (owner, "secret")
        for owner in ("client", "app", "jwt", "session", "webhook", "shared", "cookie", "oauth", "auth")
    }
)

_SWITCHES = frozenset(
    {"allow", "automount", "disable", "enable", "existing", "has", "is", "no", "require", "required", "skip", "use"}
)

_REFERENCES = (
    "$",
    "/",
    "./",
    "<",
    "{{",
    "%",
    "arn:",
    "env:",
    "file:",
    "gcp",
    "kms",
    "op:",
    "ref+",
    "sm:",
    "vault",
    "aws",
)

_WORDS_FOR_NOTHING = frozenset(
    {"true", "false", "yes", "no", "none", "null", "nil", "auto", "default", "disabled", "enabled"}
)


@lru_cache(maxsize=4096)
def names_a_secret(name: str) -> bool:
    """Whether a variable or key of this name holds a secret.

    >>> [names_a_secret(n) for n in ("DB_PASSWORD", "awsSecretAccessKey", "PASSWORD_FILE", "ALLOW_EMPTY_PASSWORD")]
    [True, True, False, False]
    """
    words = [word.lower() for word in _WORDS.findall(name)]
    if not words or _SWITCHES.intersection(words) or words[-3:] == ["initial", "cluster", "token"]:
        return False  # etcd's initial cluster token is a name
    if words[-1] in _SECRET_WORDS or words[-1].endswith("password") or tuple(words[-2:]) in _SECRET_PAIRS:
        return True
    return words[-3:] == ["secret", "access", "key"]


def is_literal_secret(value: Any) -> bool:
    """Whether a value is a secret written out, rather than nothing, a switch, a small number or a reference."""
    if not isinstance(value, str):
        return False
    text = value.strip()
    if not text or text.lower() in _WORDS_FOR_NOTHING or text.lower().startswith(_REFERENCES):
        return False
    if text.isdecimal() and len(text) < 5:
        return False
    if "=/" in text:
        return False  # settings with a path to the secret among them
    return "${" not in text and "$(" not in text and "{{" not in text and not set(text) <= {"*", "x", "X", "-", "."}


def names_a_key(name: str, value: str) -> bool:
    """Whether a setting says under which key of a Secret the secret is: ``--database-secret-key=postgres-password``."""
    return name.lower().endswith("key") and names_a_secret(value)


_PRIVATE_KEY = r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----\s+\S{16}"


def holds_private_key(value: Any) -> bool:
    """Whether a text contains a private key in PEM."""
    return isinstance(value, str) and "PRIVATE KEY-----" in value and re.search(_PRIVATE_KEY, value) is not None
