"""The words of Go's template language, as ``text/template/parse/lex.go`` cuts them."""

import re

_NAME = r"[^\W\d]\w*"
_SPACE = r"[ \t\r\n]"
_CLOSE = rf"(?:{_SPACE}+-)?\}}\}}"
TOKEN = re.compile(
    rf"""{_SPACE}*(?:
    (?P<field>(?:\.{_NAME})+)
    |(?P<word>{_NAME})
    |(?P<close>\}}\}}|(?<={_SPACE})-\}}\}})
    |(?P<string>"[^"\\\n]*(?:\\.[^"\\\n]*)*"|`[^`]*`)
    |(?P<variable>\$\w*)
    |(?P<number>[+-]?(?:\d|\.\d)[\w.]*(?:(?<=[eEpP])[+-]\w+)?|'(?:[^'\\\n]|\\.)+')
    |(?P<dot>\.)
    |(?P<mark>:=|[=|(),]))""",
    re.VERBOSE,
)
NUMBER = re.compile(
    r"""'.*'|[+-]?(?:
    0[xX](?:_?[0-9a-fA-F])*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?\d+)?
    |0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+
    |(?:\d+(?:_\d+)*)?(?:\.(?:\d+(?:_\d+)*)?)?(?:[eE][+-]?\d+)?)i?""",
    re.VERBOSE | re.DOTALL,
)
"""What Go's ``strconv`` reads as a number, or a character."""

SIMPLE = re.compile(rf"(?P<left>-{_SPACE}+|{_SPACE}*)(?P<word>end|else){_SPACE}*(?P<close>{_CLOSE})")
COMMENT = re.compile(rf"/\*.*?\*/(?P<close>{_CLOSE})", re.DOTALL)

_ESCAPE = re.compile(r"\\(?:[abfnrtv\\'\"]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3})")
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def unquoted(text: str) -> str:
    r"""The string that a Go literal stands for: ``"a\tb"``, or raw between backquotes."""
    inner = text[1:-1]
    return inner if text[0] == "`" or "\\" not in inner else _ESCAPE.sub(_unescaped, inner)


def _unescaped(match: re.Match[str]) -> str:
    code = match[0][1:]
    if code[0] in _ESCAPES:
        return _ESCAPES[code[0]]
    if code[0] in "xuU":
        number = int(code[1:], 16)
        return chr(number) if number <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
    return chr(int(code, 8)) if code[0] in "01234567" else code
