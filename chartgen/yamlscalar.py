"""What a plain word of YAML means to Helm: text, a number, a boolean or nothing.

Helm's reader (sigs.k8s.io/yaml over a fork of go-yaml) mixes YAML 1.1 and 1.2: ``yes`` and ``on`` are booleans,
``0755`` is octal, ``1e3`` a number, and dates and ``12:30:45`` are text. Held against Helm's own library in the tests.
"""

import re
from typing import Any

Event = Any
"""An event of PyYAML; its C classes carry no types."""


class YamlError(ValueError):
    """The text is no YAML that Helm would read; ``line`` and ``column`` are 1-based, or None when unknown."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def at(event: Event, message: str) -> YamlError:
    """An error where an event stands."""
    mark = event and event.start_mark
    return YamlError(message, mark.line + 1, mark.column + 1) if mark else YamlError(message)


WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
}  # fmt: skip

MAYBE_NUMBER = frozenset("+-.0123456789")
# Texts, which `re` compiles when one is first looked for: most numbers are known without.
_INTEGER = r"[-+]?(?:0[bB][01]+|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|[0-9]+)\Z"
_LARGEST_INTEGER = 2**64 - 1
"""Beyond this Go's parser takes hexadecimal digits for text, and decimal ones for a float, or for text."""
_INFINITE = float("inf")
_FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"
_SPECIAL = r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z"
_PLAIN_TAGS = {"tag:yaml.org,2002:str", "!"}


def scalar(event: Event) -> Any:
    """The value of a scalar event in Helm's reading: str, int, float, bool or None."""
    text: str = event.value
    if event.style or event.tag in _PLAIN_TAGS or not event.implicit[0]:
        return _tagged(event, text) if event.tag else text
    return plain(text, event)


def plain(text: str, event: Event = None) -> Any:
    """The value of a word without quotes. Raises YamlError, which says where it stands if its event is given."""
    if text in WORDS:
        return WORDS[text]
    if text[0] not in MAYBE_NUMBER:
        return text
    return _number(event, text)


def _number(event: Event, text: str) -> Any:
    if len(text) < 19 and text[0] != "0" and text.isdecimal() and text.isascii():
        return int(text)
    if text.count(".") > 1:
        return text  # a version
    digits = text.replace("_", "") if "_" in text else text
    if re.match(_INTEGER, digits):
        sign, body = (-1, digits[1:]) if digits[0] == "-" else (1, digits.lstrip("+"))
        prefixed = body[:2].lower() in ("0b", "0o", "0x")
        try:
            value = int(body, 0) if prefixed else int(body, 8 if len(body) > 1 and body[0] == "0" else 10)
        except ValueError:
            pass  # 08 and 09 are decimal floats to Go
        else:
            if value <= _LARGEST_INTEGER or (body[0] != "0" and float(body) != _INFINITE):
                return sign * value
    if re.match(_FLOAT, digits):
        number = float(digits)
        if abs(number) == _INFINITE:
            return text
        return int(number) if number.is_integer() and re.fullmatch(r"[-+]?[0-9]+", digits) else number
    if re.match(_SPECIAL, text):
        raise at(event, f"{text} has no meaning in JSON, and so none in Kubernetes")
    return text


def _tagged(event: Event, text: str) -> Any:
    kind = event.tag.removeprefix("tag:yaml.org,2002:")
    if kind in ("null", "bool"):
        value = WORDS.get(text, text)
        if text not in WORDS or (value is None) != (kind == "null"):
            raise at(event, f"'{text}' is no {kind}")
        return value
    if kind == "binary":
        return _binary(event, text)
    if kind in ("int", "float"):
        value = _number(event, text) if text else text
        if isinstance(value, int | float):
            return float(value) if kind == "float" else value
        raise at(event, f"'{text}' is no {kind}")
    return text


def _binary(event: Event, text: str) -> str:
    from base64 import b64decode

    try:
        return b64decode(text).decode("utf-8", "replace")
    except ValueError:
        raise at(event, "!!binary holds no base64") from None


def float_key(value: float) -> str:
    """A number as Go writes it for a key: the shortest digits that a 32-bit float needs."""
    from struct import pack

    if abs(value) > 3.4028235e38:
        return ".inf" if value > 0 else "-.inf"
    digits = next(n for n in range(1, 10) if pack("f", float(f"{value:.{n - 1}e}")) == pack("f", value) or n == 9)
    exponent = int(f"{value:.{digits - 1}e}".partition("e")[2])
    return f"{value:.{max(digits - 1 - exponent, 0)}f}" if -4 <= exponent < 6 else f"{value:.{digits - 1}e}"
