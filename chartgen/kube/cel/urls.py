"""URLs as Go's ``net/url`` reads them: ``ParseRequestURI`` decides what is one, ``Parse`` takes it apart."""

import re

from chartgen.tuples import NamedTuple

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:\[\]<>\"]|[^\x00-\x7f]|%[89A-Fa-f][0-9A-Fa-f]|%25)*\Z")
_USER = re.compile(r"[A-Za-z0-9\-._:~!$&'()*+,;=%@]*\Z")
_PATH = re.compile(r"[A-Za-z0-9\-._~!$&'()*+,;=:@\[\]/%]*\Z")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Url(NamedTuple):
    """A URL's parts; what is absent is empty. ``path`` and ``query`` are as written."""

    scheme: str
    host: str
    path: str
    query: str

    @property
    def hostname(self) -> str:
        """The host without its port and without brackets."""
        if self.host.startswith("["):
            return self.host[1 : self.host.rindex("]")]
        return self.host.rpartition(":")[0] if ":" in self.host else self.host

    @property
    def port(self) -> str:
        """The port, or ``""``."""
        after = self.host.rpartition("]")[2]
        return after.rpartition(":")[2] if ":" in after else ""

    @property
    def escaped_path(self) -> str:
        """The path as it travels: kept when it is escaped soundly, escaped otherwise."""
        from urllib.parse import quote, unquote

        if self.path == "*" or _PATH.match(self.path):
            return self.path
        return quote(unquote(self.path, errors="surrogateescape"), safe="$&+,/:;=@-_.~", errors="surrogateescape")

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The query's keys with all their values; what is malformed is left out, as Go does."""
        from urllib.parse import unquote

        found: dict[str, list[str]] = {}
        for pair in self.query.split("&"):
            if pair and ";" not in pair and not _BROKEN_ESCAPE.search(pair):
                key, _, value = pair.replace("+", " ").partition("=")
                found.setdefault(unquote(key), []).append(unquote(value))
        return found


def parse_url(text: str) -> Url:
    """Read an absolute URL or an absolute path. Raises ValueError with what Go would say."""
    what = f"URL parse error during conversion from string: parse {text!r}"
    if not text:
        raise ValueError(f"{what}: empty url")
    if re.search(r"[\x00-\x1f\x7f]", text):
        raise ValueError(f"{what}: invalid control character in URL")
    if text == "*":
        return Url("", "", "*", "")
    match = _SCHEME.match(text)
    scheme = match[1].lower() if match else ""
    rest = text[match.end() :] if match else text
    if text.startswith(":"):
        raise ValueError(f"{what}: missing protocol scheme")
    _judge(rest.partition("?")[0], scheme, what)
    before, _, query = rest.partition("#")[0].partition("?")
    if not before.startswith("/"):
        return Url(scheme, "", "", query)  # mailto:someone: nothing of it is taken apart
    host, path = _authority(before, scheme)
    return Url(scheme, host, path, query)


def _judge(before: str, scheme: str, what: str) -> None:
    """Refuse what ``ParseRequestURI`` refuses, to which ``#`` is a character like others."""
    if not before.startswith("/"):
        if scheme:
            return
        raise ValueError(f"{what}: invalid URI for request")
    host, path = _authority(before, scheme, what)
    if _BROKEN_ESCAPE.search(path):
        raise ValueError(f"{what}: invalid URL escape")
    if not _HOST.match(host):
        raise ValueError(f"{what}: invalid character in host name")
    if host.startswith("[") and "]" not in host:
        raise ValueError(f"{what}: missing ']' in host")
    port = host.rpartition("]")[2] if host.startswith("[") else "".join(host.rpartition(":")[1:]) * (":" in host)
    if port and not re.fullmatch(r":[0-9]*", port):
        raise ValueError(f"{what}: invalid port {port!r} after host")


def _authority(before: str, scheme: str, what: str = "") -> tuple[str, str]:
    """The host and the path of what stands before the query."""
    if not before.startswith("//") or (not scheme and before.startswith("///")):
        return "", before
    authority, slash, path = before[2:].partition("/")
    user, at, host = authority.rpartition("@")
    if what and at and (not _USER.match(user) or _BROKEN_ESCAPE.search(user)):
        raise ValueError(f"{what}: net/url: invalid userinfo")
    return host, slash + path
