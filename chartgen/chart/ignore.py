"""``.helmignore`` as Helm reads it (``pkg/ignore/rules.go``), which is not how git reads ``.gitignore``.

A pattern without ``/`` is matched against the file's name alone, one with ``/`` against the whole path; a leading ``/``
binds it to the chart's folder, a trailing one to folders. The first rule that says so ignores a file, and ``!pattern``
ignores everything that does *not* match it. ``**`` is an error. ``templates/.?*`` is always ignored.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from chartgen.tuples import NamedTuple


class BadPattern(ValueError):
    """A line of a ``.helmignore`` that Helm refuses; ``line`` is 1-based."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class _Rule(NamedTuple):
    """One line. ``name`` is the whole name it ignores, ``ending`` how those end, where it does no more than that."""

    match: Callable[[str], object]
    negate: bool
    folders_only: bool
    whole_path: bool
    name: str = ""
    ending: str = ""


class _Names:
    """The names that rules ignore, which most do: those are known at a glance."""

    def __init__(self, rules: Iterable[_Rule]) -> None:
        self._names = frozenset(rule.name for rule in rules if rule.name)
        self._endings = tuple(rule.ending for rule in rules if rule.ending)

    def __contains__(self, name: str) -> bool:
        return name in self._names or name.endswith(self._endings)


class Ignore:
    """The rules of one ``.helmignore``. Raises BadPattern for a pattern Helm refuses."""

    def __init__(self, text: str = "") -> None:
        lines = text.removeprefix("\ufeff").split("\n")
        rules = [_rule(line.strip(), number) for number, line in enumerate(lines, 1)]
        known = [rule for rule in [*rules, _rule("templates/.?*", 0)] if rule]
        simple = [rule for rule in known if rule.name or rule.ending]
        self._names = _Names([rule for rule in simple if not rule.folders_only])
        self._folders = _Names([rule for rule in simple if rule.folders_only])
        self._rules = [rule for rule in known if not (rule.name or rule.ending)]

    def ignores(self, path: str, *, folder: bool) -> bool:
        """Whether a file or a folder (and with it all it holds) is left out of the chart."""
        name = path.rpartition("/")[2]
        if name in self._names or (folder and name in self._folders):
            return True
        for rule in self._rules:
            matches = bool(rule.match(path if rule.whole_path else name))
            if rule.negate:
                if not matches or (rule.folders_only and not folder):
                    return True
            elif matches and (folder or not rule.folders_only):
                return True
        return False

    def keeps(self, path: str) -> bool:
        """Whether a file stays in the chart: neither it nor a folder above it is left out."""
        above = [path[:end] for end, char in enumerate(path) if char == "/"]
        return not self.ignores(path, folder=False) and not any(self.ignores(one, folder=True) for one in above)


@lru_cache(maxsize=64)  # the charts of a repository have the same
def ignoring(text: str) -> Ignore:
    """The rules of a ``.helmignore``. Raises BadPattern."""
    return Ignore(text)


@lru_cache(maxsize=4096)
def _rule(pattern: str, line: int) -> _Rule | None:
    # The charts of a repository have the same twenty patterns.
    if not pattern or pattern.startswith("#"):
        return None
    if "**" in pattern:
        raise BadPattern("double-star (**) syntax is not supported", line)
    negate = pattern.startswith("!")
    pattern = pattern.removeprefix("!")
    folders_only = pattern.endswith("/")
    pattern = pattern.removesuffix("/")
    bound = pattern.startswith("/")
    pattern = pattern.removeprefix("/")
    whole_path = bound or "/" in pattern
    rule = _Rule(_matching(pattern, line, whole_path=whole_path), negate, folders_only, whole_path)
    ending = pattern.removeprefix("*")
    if negate or whole_path or any(char in ending for char in _SPECIAL):
        return rule
    return rule._replace(name=pattern) if ending == pattern else rule._replace(ending=ending)


_SPECIAL = "*?[\\"


def _matching(pattern: str, line: int, *, whole_path: bool) -> Callable[[str], object]:
    """What a pattern matches. Most are names or endings, and compiling twenty takes as long as rendering a chart."""
    if not any(char in pattern for char in _SPECIAL):
        return pattern.__eq__
    ending = pattern.removeprefix("*")
    if not whole_path and not any(char in ending for char in _SPECIAL):
        return lambda name: name.endswith(ending)
    return re.compile(_regex(pattern, line)).fullmatch


def _regex(pattern: str, line: int) -> str:
    """A pattern of Go's ``filepath.Match`` as a regular expression.

    What follows a ``*`` up to the next one is taken where it first occurs, for good: another place would leave less to
    the rest, and trying all of them may take for ever.
    """
    parts = ["(?s:"]
    star = -1  # where in the parts the last one stands
    at = 0
    while at < len(pattern):
        char = pattern[at]
        at += 1
        if char == "*":
            if star >= 0:
                parts[star] = "(?>[^/]*?"
                parts.append(")")
            star = len(parts)
            parts.append("[^/]*")
        elif char == "?":
            parts.append("[^/]")
        elif char == "[":
            text, at = _class(pattern, at, line)
            parts.append(text)
        elif char == "\\":
            if at == len(pattern):
                raise _syntax(pattern, line)
            parts.append(re.escape(pattern[at]))
            at += 1
        else:
            parts.append(re.escape(char))
    return "".join(parts) + ")"


def _class(pattern: str, at: int, line: int) -> tuple[str, int]:
    """A character class from behind its ``[``, and where it ends."""
    negated = pattern[at : at + 1] == "^"
    at += negated
    ranges = ""
    while pattern[at : at + 1] != "]" or not ranges:
        low, at = _class_char(pattern, at, line)
        high = low
        if pattern[at : at + 1] == "-":
            high, at = _class_char(pattern, at + 1, line)
        if low <= high:
            ranges += f"{re.escape(low)}-{re.escape(high)}"
        else:
            ranges += "^\x00-\U0010ffff" if not ranges else ""
    return f"[{'^' if negated else ''}{ranges}]", at + 1


def _class_char(pattern: str, at: int, line: int) -> tuple[str, int]:
    if pattern[at : at + 1] in ("", "-", "]"):
        raise _syntax(pattern, line)
    if pattern[at] == "\\":
        at += 1
    if at >= len(pattern) - 1:
        raise _syntax(pattern, line)
    return pattern[at], at + 1


def _syntax(pattern: str, line: int) -> BadPattern:
    return BadPattern(f"syntax error in pattern {pattern!r}", line)
