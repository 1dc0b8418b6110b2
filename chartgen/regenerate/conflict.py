"""What somebody has to decide before a chart can be generated anew, in words."""

from __future__ import annotations

from chartgen.tuples import NamedTuple


class Conflict(NamedTuple):
    """A place that a person and the generator have changed, each in its own way.

    ``line`` and ``column`` are of the person's text, None where it is about the whole file. ``mine`` and ``new`` are
    what stands there; ``key`` names a value, ``base`` is what that was. ``why`` is all there is to say where it is
    not about two texts.
    """

    line: int | None = None
    column: int | None = None
    mine: str = ""
    new: str = ""
    key: str = ""
    base: str = ""
    why: str = ""

    @property
    def message(self) -> str:
        """What each side says, in a line."""
        if self.why:
            return self.why
        if self.key:
            was = f"; it was {_short(self.base)}" if self.base else ""
            return f"{self.key} is {_short(self.mine)} here, and is now generated as {_short(self.new)}{was}"
        if not self.mine:
            return f"you took out {'what is' if self.new else 'lines that are'} now generated otherwise"
        if not self.new:
            return f"you edited {_lines(self.mine)} no longer generated"
        return f"you edited {_lines(self.mine)} now generated otherwise"

    @property
    def hint(self) -> str:
        """The other side's first lines, where they are not in the message."""
        if self.key or self.why or not self.new:
            return ""
        found = self.new.splitlines()
        rest = len(found) - MOST_LINES
        shown = [_short(line, strip=False) for line in found[:MOST_LINES]]
        more = [f"... and {rest} more line{'s' * (rest != 1)}"] * (rest > 0)
        return "\n".join(["now generated:", *shown, *more])


def _lines(text: str) -> str:
    count = len(text.splitlines())
    return "a line that is" if count <= 1 else f"a block of {count} lines that is"


MOST_LINES = 3
"""Lines of the other side that are shown."""

LONGEST = 100
"""Characters of a line that are shown."""


def _short(text: str, *, strip: bool = True) -> str:
    text = text.strip() if strip else text.rstrip()
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
