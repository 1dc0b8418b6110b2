"""Recognizes credentials by their shape: tokens whose issuer gives them a prefix, and private keys.

Only shapes that mean nothing else are known, so that what is found is one: no bare hexadecimal, no words beside a name.
Placeholders (``AKIAIOSFODNN7EXAMPLE``, ``ghp_xxxx``) are passed over, and so is whatever has too little variety to be
random. Sources: the issuers' own documentation (GitHub "About authentication", GitLab "Token prefixes", AWS "IAM
identifiers", Slack "Token types", Stripe "API keys"...) and the public rule set of gitleaks.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from chartgen.tuples import NamedTuple


class Credential(NamedTuple):
    """A credential in a text: what it is, its beginning that everyone may see, its length, and where it starts."""

    what: str
    prefix: str
    length: int
    start: int

    def __str__(self) -> str:
        return f"{self.what} ({self.prefix}..., {self.length} characters)"


_KEYS: tuple[tuple[str, str, str], ...] = (
    ("an AWS access key", "AKIA", r"[A-Z2-7]{16}\b"),
    ("a GitHub token", "ghp_", r"[0-9A-Za-z]{36}\b"),
    ("a GitHub token", "ghs_", r"[0-9A-Za-z]{36}\b"),
    ("a GitHub token", "github_pat_", r"[0-9A-Za-z_]{82}\b"),
    ("a GitLab token", "glpat-", r"[0-9A-Za-z_-]{20,300}\b"),
    ("a GitLab runner token", "glrt-", r"[0-9A-Za-z_-]{20,300}\b"),
    ("a Slack token", "xoxb-", r"[0-9]{10,13}-[0-9A-Za-z-]{20,}"),
    ("a Slack token", "xoxp-", r"[0-9]{10,13}-[0-9A-Za-z-]{20,}"),
    ("a Slack webhook", "hooks.slack.com/services/", r"T[0-9A-Z]{8,11}/B[0-9A-Z]{8,11}/[0-9A-Za-z]{20,26}\b"),
    ("a Discord webhook", "discord.com/api/webhooks/", r"[0-9]{17,20}/[0-9A-Za-z_-]{60,72}\b"),
    ("a Google API key", "AIza", r"[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])"),
    ("a Google OAuth secret", "GOCSPX-", r"[0-9A-Za-z_-]{28}(?![0-9A-Za-z_-])"),
    ("a Stripe key", "sk_live_", r"[0-9A-Za-z]{24,247}\b"),
    ("an npm token", "npm_", r"[0-9A-Za-z]{36}\b"),
    ("a PyPI token", "pypi-AgEIcHlwaS5vcmc", r"[0-9A-Za-z_-]{50,}"),
    ("a Docker Hub token", "dckr_pat_", r"[0-9A-Za-z_-]{27}(?![0-9A-Za-z_-])"),
    ("a SendGrid key", "SG.", r"[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}(?![0-9A-Za-z_-])"),
    ("a DigitalOcean token", "dop_v1_", r"[0-9a-f]{64}\b"),
    ("a Vault token", "hvs.", r"[0-9A-Za-z_-]{90,120}\b"),
    ("a Terraform Cloud token", ".atlasv1.", r"[0-9A-Za-z_-]{60,70}"),
    ("a Grafana token", "glsa_", r"[0-9A-Za-z]{32}_[0-9a-fA-F]{8}\b"),
    ("a Grafana Cloud token", "glc_eyJ", r"[0-9A-Za-z+/]{40,400}={0,2}"),
    ("an OpenAI key", "sk-proj-", r"[0-9A-Za-z_-]{20,90}T3BlbkFJ[0-9A-Za-z_-]{20,90}"),
    ("an Anthropic key", "sk-ant-", r"(?:api|admin)[0-9]{2}-[0-9A-Za-z_-]{80,110}"),
    ("a Hugging Face token", "hf_", r"[A-Za-z]{34}\b"),
    ("an age key", "AGE-SECRET-KEY-1", r"[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}\b"),
    ("an Azure storage key", "AccountKey=", r"[0-9A-Za-z+/]{86}=="),
    ("a Sentry token", "sntrys_eyJ", r"[0-9A-Za-z+/=_-]{60,}"),
)

_SHAPES = tuple(
    (what, prefix, ("" if prefix[0] == "." else r"(?<![0-9A-Za-z_])") + re.escape(prefix) + rest)
    for what, prefix, rest in _KEYS
)
"""Expressions as text: hardly any chart needs one of them compiled."""

_PEM = r"-----BEGIN ((?:[A-Z0-9]+ )*PRIVATE KEY)-----(?:\s|\\n|\\r)*((?:[0-9A-Za-z+/=]|\s|\\n|\\r){100,})"

_BASE64_OF_PEM = "LS0tLS1CRUdJTi"

_PEM_IN_BASE64 = r"(?<![0-9A-Za-z+/])LS0tLS1CRUdJTi[0-9A-Za-z+/]{100,}={0,2}"

_PLACEHOLDER = r"(?i)example|sample|placeholder|changeme|your[-_]?|redacted|dummy|1234567|abcdef|(.)\1{4}"


def credentials(text: str, beginnings: Collection[str] | None = None) -> Iterator[Credential]:
    """The credentials in a text, by kind; private keys in base64, as a Secret holds them, after all others.

    ``beginnings`` are those that ``beginnings_in`` found in it, where they are known already.
    """
    for what, prefix, shape in _SHAPES:
        if prefix in (text if beginnings is None else beginnings):
            for match in re.finditer(shape, text):
                if _is_random(match[0][len(prefix) :]):
                    yield Credential(what, prefix, len(match[0]), match.start())
    yield from _keys(text)
    for match in re.finditer(_PEM_IN_BASE64, text) if _BASE64_OF_PEM in text else ():
        if any(_keys(_decoded(match[0]))):
            yield Credential("a private key in base64", match[0][:4], len(match[0]), match.start())


def beginnings_in(content: bytes, among: Iterable[str] | None = None) -> tuple[str, ...]:
    """How the credentials in a file begin, if it holds any: a quick look that spares the closer one.

    ``among`` are those that it may hold, where more is known of it.
    """
    known = among if among is not None else _BEGINNINGS if len(content) < _LONG else _rare(content)
    return tuple(beginning for beginning in known if _BEGINNINGS[beginning] in content)


def _rare(content: bytes) -> Iterator[str]:
    """The beginnings that a long file may hold, in a third of the time that looking for each of them takes.

    Python finds a single character ten times as fast as several, so the rarest of each beginning is looked for.
    """
    for look, beginnings in _looks():
        if look.search(content):
            yield from beginnings


@cache
def _looks() -> list[tuple[re.Pattern[bytes], list[str]]]:
    """Expressions that begin with a rare character, and the beginnings whose rarest it is."""
    found: dict[str, list[str]] = {}
    for beginning in _BEGINNINGS:
        found.setdefault(next(char for char in _RAREST if char in beginning), []).append(beginning)
    return [(re.compile(_around(char, beginnings).encode()), beginnings) for char, beginnings in found.items()]


def _around(char: str, beginnings: Iterable[str]) -> str:
    parts = (beginning.partition(char) for beginning in beginnings)
    choices = (f"(?<={re.escape(before + char)}){re.escape(behind)}" for before, _, behind in parts)
    return f"{re.escape(char)}(?:{'|'.join(choices)})"


def _keys(text: str) -> Iterator[Credential]:
    """Private keys in PEM; one that a passphrase protects is none to whoever finds it."""
    for match in re.finditer(_PEM, text) if "PRIVATE KEY-----" in text else ():
        body = re.sub(r"\s|\\n|\\r", "", match[2])
        if "ENCRYPTED" not in match[1] and _is_random(body):
            yield Credential("a private key", f"-----BEGIN {match[1]}", len(match[0]), match.start())


def _is_random(token: str) -> bool:
    """Whether a token has the variety of something drawn by chance, and says nowhere that it is none."""
    if re.search(_PLACEHOLDER, token) and len(token) < 200:
        return False
    from math import log2

    counts = Counter(token)
    return -sum(count / len(token) * log2(count / len(token)) for count in counts.values()) >= 3


def _decoded(text: str) -> str:
    """The text behind base64, or ``""`` when it is none."""
    from base64 import b64decode

    try:
        return b64decode(text + "=" * (-len(text) % 4), validate=True).decode("ascii")
    except ValueError:
        return ""


_LONG = 30_000
"""Bytes for which it pays to compile what looks for all beginnings together."""

_RAREST = "JzXKG_xvk-"
"""Characters of the beginnings, by how seldom charts have them."""

_BEGINNINGS = {
    text: text.encode() for text in (*(prefix for _, prefix, _ in _KEYS), "PRIVATE KEY-----", _BASE64_OF_PEM)
}
