"""Colour and safe text for people's terminals.

Colour only repeats what the words say already, so that nothing is lost without it.
"""

from __future__ import annotations

_CODES = {"error": "1;31", "warning": "1;33", "info": "1;36", "place": "34", "help": "32", "strong": "1"}


def paint(text: str, style: str, *, color: bool) -> str:
    """``text`` in the colours of a style (``error``, ``warning``, ``info``, ``place``, ``help``, ``strong``)."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if color and text else text


def clean(text: str) -> str:
    r"""Text from a chart or a spec made safe to print: control characters are shown, new lines and tabs are kept.

    A chart must not be able to move the cursor or change the colours of the terminal of the person who lints it.

    >>> clean("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else _shown(c) for c in text)


def on_line(text: str) -> str:
    r"""A name or a place made safe to print: a new line in it would begin one that seems to be ours.

    >>> on_line("a\n::error::b")
    'a\\n::error::b'
    """
    return clean(text).replace("\n", "\\n")


def one_line(text: str) -> str:
    """Text on one line: new lines and what surrounds them become one space."""
    return clean(" ".join(part.strip() for part in text.splitlines() if part.strip()))


def _shown(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
