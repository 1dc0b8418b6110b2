"""Finds the actions of a Go template, as ``text/template/parse/lex.go`` does; knows nothing of what they mean."""

import re
from functools import lru_cache

from chartgen.tuples import NamedTuple

_OPEN = "{{"
_CLOSE = "}}"
_INSIDE = re.compile(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`|' + r"'(?:[^'\\\n]|\\.)*'|\}\}")
_SPACE = " \t\r\n"
_SPACES = frozenset(_SPACE)
_COMMENT = re.compile(r"[ \t\r\n]*/\*")
_KEYWORD = re.compile(
    r"(?:else\s+(?:if|with)|if|else|end|range|with|define|block|template|break|continue)(?=[\s({\"`$.]|$)"
)
_OPENS = frozenset({"if", "range", "with", "define", "block"})
_DEFINES = frozenset({"define", "block"})
_BLOCK_PARTS = _OPENS | {"else", "else if", "else with", "end"}


class Action(NamedTuple):
    """One ``{{ ... }}``. ``code`` is what stands between the delimiters and their trim marks; a comment has none.

    ``start`` and ``end`` are offsets, ``line`` and ``last_line`` 1-based. ``keyword`` is ``if``, ``else if``, ``end``
    and so on, ``comment``, or ``""`` for a pipeline. ``block`` numbers the block an opening, ``else`` or ``end`` action
    belongs to. ``in_define`` says whether the text behind the action is inside a ``define`` or ``block``.
    """

    start: int
    end: int
    line: int
    last_line: int
    code: str
    keyword: str
    trims_left: bool
    trims_right: bool
    block: int
    in_define: bool

    @property
    def prints(self) -> bool:
        """Whether it may put text into the output: a pipeline that is no assignment, or ``template``."""
        return self.keyword == "template" or (self.keyword == "" and not _ASSIGNMENT.match(self.code))


_ASSIGNMENT = re.compile(r"\$\w+(?:\s*,\s*\$\w+)?\s*:?=")


@lru_cache(maxsize=64)
def actions(text: str) -> tuple[Action, ...]:
    """The actions of a template in order. What Helm could not parse either ends the list early."""
    found: list[Action] = []
    stack: list[tuple[str, int]] = []
    defines = 0  # how many of the open blocks are some
    line, counted = 1, 0
    at = 0
    while (start := text.find(_OPEN, at)) >= 0:
        code_start = start + 2
        trims_left = text.startswith("-", code_start) and text[code_start + 1 : code_start + 2] in _SPACES
        if trims_left:
            code_start += 2
        comment = _COMMENT.match(text, code_start) is not None
        close = _comment_end(text, code_start) if comment else _code_end(text, code_start)
        if close < 0:
            break
        trims_right = text[close - 1] == "-" and text[close - 2] in _SPACES
        code = text[code_start : close - 1 if trims_right else close].strip(_SPACE)
        keyword = "comment" if comment else _keyword(code)
        if keyword in _OPENS:
            stack.append((keyword, len(found)))
            defines += keyword in _DEFINES
        block = stack[-1][1] if stack and keyword in _BLOCK_PARTS else -1
        if keyword == "end" and stack:
            defines -= stack.pop()[0] in _DEFINES
        end = close + 2
        first = line + text.count("\n", counted, start)
        line, counted = first + text.count("\n", start, end), end
        code = "" if comment else code
        found.append(Action(start, end, first, line, code, keyword, trims_left, trims_right, block, defines > 0))
        at = end
    return tuple(found)


def _code_end(text: str, at: int) -> int:
    end = text.find(_CLOSE, at)
    code = text[at:end]
    if '"' not in code and "'" not in code and "`" not in code:
        return end
    for match in _INSIDE.finditer(text, at):
        if match[0] == _CLOSE:
            return match.start()
    return -1


def _comment_end(text: str, at: int) -> int:
    end = text.find("*/", at)
    return text.find(_CLOSE, end) if end >= 0 else -1


def _keyword(code: str) -> str:
    match = _KEYWORD.match(code)
    return " ".join(match[0].split()) if match else ""
