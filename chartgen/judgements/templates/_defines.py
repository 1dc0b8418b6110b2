"""What the judgements about named templates say alike."""

from collections.abc import Iterator

from chartgen.compare.comparison import Comparison
from chartgen.compare.defines import Define, DefineChange
from chartgen.judgements.base import At

RENAMED = "the named template {old!r} is called {new!r} now"
REMOVED = "the named template {old!r} was removed"


def at(define: Define | None) -> At | None:
    """Where a named template is defined."""
    return At.file(define.location) if define else None


def lost(both: Comparison, *, library: bool) -> Iterator[tuple[DefineChange, str]]:
    """The names that no template has any more, of a library chart or of any other, and what became of them."""
    if both.old.is_library is library:
        for one in both.defines:
            if one.old is not None and (one.new is None or one.is_renamed):
                told = RENAMED if one.new else REMOVED
                yield one, told.format(old=one.old.name, new=one.new.name if one.new else "")
