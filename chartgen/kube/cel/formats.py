"""The named formats of CEL: ``format.dns1123Label().validate(text)``.

Source: ``pkg/cel/library/format.go`` of k8s.io/apiserver; the messages are those of apimachinery's validation.
``validate`` gives a map with the key ``errors``, or an empty one; ``rewrite`` turns that into the optional list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from chartgen.kube.cel.functions import Overload, member, plain, stand_in, unwrap, wrap
from chartgen.kube.cel.urls import parse_url

_FORMAT = "Format"

_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
_LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?"
_NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"

_LABEL_MESSAGE = (
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with"
    f" an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '{_LABEL}')"
)
_SUBDOMAIN_MESSAGE = (
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and"
    " end with an alphanumeric character (e.g. 'example.com', regex used for validation is"
    rf" '{_LABEL}(\.{_LABEL})*')"
)
_LABEL_1035_MESSAGE = (
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character,"
    " and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is"
    f" '{_LABEL_1035}')"
)
_NAME_MESSAGE = (
    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
    f" character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '{_NAME}')"
)
_LABEL_VALUE_MESSAGE = (
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and"
    " end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is"
    f" '({_NAME})?')"
)
_QUALIFIED_NAME_MESSAGE = (
    "a qualified name must consist of alphanumeric characters, '-', '_' or '.', with an optional DNS subdomain prefix"
    " and '/' (e.g. 'example.com/MyName')"
)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_DATE_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]|:60)?(\.[0-9]+)?"
    r"([Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)


def _shaped(pattern: str, message: str, longest: int) -> Callable[[str], list[str]]:
    """Texts that match a pattern and are not too long."""

    def judge(text: str) -> list[str]:
        found = [f"must be no more than {longest} characters"] if len(text) > longest else []
        return found if re.fullmatch(pattern, text, re.ASCII) else [*found, message]

    return judge


def _prefix(judge: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """The same for the beginning of a name, which may end in a dash."""
    return lambda text: judge(text[:-2] + "a" if len(text) > 1 and text.endswith("-") else text)


def _qualified_name(text: str) -> list[str]:
    prefix, slash, name = text.partition("/")
    if slash and "/" in name:
        return [_QUALIFIED_NAME_MESSAGE]
    found = []
    if slash:
        found += (
            [f"prefix part {error}" for error in _SUBDOMAIN(prefix)] if prefix else ["prefix part must be non-empty"]
        )
    else:
        name = prefix
    if not name:
        found.append("name part must be non-empty")
    elif len(name) > 63:
        found.append("name part must be no more than 63 characters")
    return found if re.fullmatch(_NAME, name) else [*found, _NAME_MESSAGE]


def _uri(text: str) -> list[str]:
    try:
        parse_url(text)
    except ValueError as error:
        return [str(error).partition(": ")[2]]
    return []


def _byte(text: str) -> list[str]:
    import base64
    import binascii

    try:
        base64.b64decode(text, validate=True)
    except binascii.Error:
        return ["invalid base64"]
    return []


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _date_time(text: str) -> list[str]:
    match = _DATE_TIME.fullmatch(text)
    return [] if match and _is_date(match[1]) else ["invalid datetime"]


_SUBDOMAIN = _shaped(rf"{_LABEL}(\.{_LABEL})*", _SUBDOMAIN_MESSAGE, 253)

FORMATS: dict[str, Callable[[str], list[str]]] = {
    "dns1123Label": _shaped(_LABEL, _LABEL_MESSAGE, 63),
    "dns1123Subdomain": _SUBDOMAIN,
    "dns1035Label": _shaped(_LABEL_1035, _LABEL_1035_MESSAGE, 63),
    "qualifiedName": _qualified_name,
    "dns1123LabelPrefix": _prefix(_shaped(_LABEL, _LABEL_MESSAGE, 63)),
    "dns1123SubdomainPrefix": _prefix(_SUBDOMAIN),
    "dns1035LabelPrefix": _prefix(_shaped(_LABEL_1035, _LABEL_1035_MESSAGE, 63)),
    "labelValue": _shaped(f"({_NAME})?", _LABEL_VALUE_MESSAGE, 63),
    "uri": _uri,
    "uuid": lambda text: [] if _UUID.fullmatch(text) else ["does not match the UUID format"],
    "byte": _byte,
    "date": lambda text: [] if _is_date(text) else ["invalid date"],
    "datetime": _date_time,
}
"""What each format finds wrong with a text."""


def _validate(value: Any, text: str) -> dict[str, list[str]]:
    errors = FORMATS[unwrap(value)](text)
    return {"errors": errors} if errors else {}


def _named(name: str) -> dict[str, Any]:
    return {"format": wrap(_FORMAT, name)} if name in FORMATS else {}


def _constant(name: str) -> Callable[[], dict[bool, Any]]:
    return lambda: wrap(_FORMAT, name)


def _declared() -> Iterable[Overload]:
    for name in FORMATS:
        yield plain(f"format.{name}", gives=_FORMAT, call=_constant(name))
    yield plain("format.named", "string", gives=f"map(string, {stand_in(_FORMAT)})", call=_named)
    yield member("validate", _FORMAT, "string", gives="map(string, list(string))", call=_validate)


OVERLOADS = tuple(_declared())
