"""What may be known of a value while a template is followed, without running it.

- ``Path``: what stands at a place in the values, ``*`` for any key or index. Paths are those of the chart at the top:
  a subchart's ``.Values.x`` is below the subchart's name.
- ``Const``: a string, a boolean or a number; ``Form``: a string that matches a pattern
- ``Root``: the whole context of one chart, what ``.`` is in its templates
- ``Dict``, ``Items``: made in a template by ``dict`` and ``list``
- ``Union``: one of several
- ``Test``: what ``and``, ``not``, ``eq``, ``default`` and their like give, with their arguments
- ``OPAQUE``: anything else; it leads to no value that is not read already
"""

from typing import Any

from chartgen.tuples import NamedTuple

Parts = tuple[str, ...]

ANY = "*"
"""A part of a path that may be any key or index."""


def is_symbolic(parts: Parts) -> bool:
    """Whether a path begins with a placeholder, which stands for any place in the values."""
    return bool(parts) and parts[0][:1] == "\0"


class Path(NamedTuple):
    """A place in the values."""

    parts: Parts


class Const(NamedTuple):
    """A value written out in the template: a string, a boolean, or the text of a number."""

    value: Any


class Form(NamedTuple):
    """A string of which a pattern (a regular expression) is known."""

    pattern: str


class Root:
    """The context of one chart; ``extra`` are the keys that templates ``set`` in it."""

    __slots__ = ("extra", "prefix")

    def __init__(self, prefix: Parts) -> None:
        self.prefix = prefix
        self.extra: dict[str, Any] = {}


class Dict:
    """A map made in a template.

    ``rest`` is what may stand under keys that are not known, ``merged`` are maps whose keys are its own, too. ``given``
    tells that it was made by a template's caller, who sees what is changed in it.
    """

    __slots__ = ("entries", "given", "merged", "rest")

    def __init__(self, entries: "dict[str, Value] | None" = None, rest: "Value | None" = None) -> None:
        self.entries = entries or {}
        self.rest = rest
        self.merged: tuple[Value, ...] = ()
        self.given = False

    def put(self, key: "str | None", value: "Value") -> None:
        """Add what may stand under a key from now on; under any key when it is None."""
        if key is None:
            self.rest = value if self.rest is None else union((self.rest, value))
        else:
            old = self.entries.get(key)
            self.entries[key] = value if old is None else union((old, value))

    def held(self) -> "tuple[Value, ...]":
        """All that may stand under its keys, but for what merged maps hold."""
        entries = tuple(self.entries.values())
        return entries if self.rest is None else (*entries, self.rest)


class Items(NamedTuple):
    """A list made in a template."""

    items: "tuple[Value, ...]"


class Union(NamedTuple):
    """One of several values."""

    options: "tuple[Value, ...]"


class Test(NamedTuple):
    """What a function says about its arguments: ``and``, ``or``, ``not``, ``eq``, ``ne``, ``default``, ``has_key``."""

    op: str
    args: "tuple[Value, ...]"


class Opaque:
    """Not known, and of no further interest."""

    __slots__ = ()


Value = Path | Const | Form | Root | Dict | Items | Union | Test | Opaque

OPAQUE = Opaque()


class GaveUp(Exception):
    """There is more to follow than anybody would write."""


class Effort:
    """Counts how often values of one chart were looked into: a few lines can make one of which that takes for ever.

    Values share their parts, so what is written down in a line may be 2^60 parts when each is visited.
    """

    def __init__(self) -> None:
        self.spent = 0

    def begin(self) -> None:
        """Begin with another chart."""
        self.spent = 0

    def spend(self, amount: int = 1) -> None:
        """Count. Raises GaveUp when it has been too much."""
        self.spent += amount
        if self.spent > _MOST_LOOKS:
            raise GaveUp

    def is_over(self) -> bool:
        """Count one; whether it has been too much."""
        self.spent += 1
        return self.spent > _MOST_LOOKS


EFFORT = Effort()
"""That of the chart that is being followed; there is one at a time."""

_MOST_LOOKS = 1_500_000
"""About three seconds; the largest charts of bitnami take a quarter."""

_MOST = 24
"""Options a union keeps apart."""

_GIVES_ARGUMENTS = frozenset(("and", "or", "default"))
"""``and`` gives its last argument, or one that is empty, in which there is nothing."""


def options(value: Value) -> tuple[Value, ...]:
    """The values that a value may be, unions and tests resolved."""
    if isinstance(value, Union):
        return value.options
    if isinstance(value, Test):
        if value.op not in _GIVES_ARGUMENTS:
            return ()
        EFFORT.spend()
        given = value.args[-1:] if value.op == "and" else value.args
        return tuple(option for arg in given for option in options(arg))
    return (value,)


def union(values: "tuple[Value, ...]") -> Value:
    """One of some values; equal ones count once."""
    if len(values) == 1 and not isinstance(values[0], Test):
        return values[0]
    found: dict[object, Value] = {}
    for value in values:
        for option in options(value):
            found.setdefault(identity(option), option)
    if len(found) == 1:
        return next(iter(found.values()))
    return Union(tuple(found.values())[:_MOST]) if found else OPAQUE


def identity(value: Value, depth: int = 0) -> object:
    """Equal for values that mean the same."""
    if isinstance(value, Root):
        return ("root", id(value))
    if isinstance(value, Opaque):
        return None
    EFFORT.spend()
    if isinstance(value, Dict):
        if depth > 4:
            return ("dict", id(value))
        entries = tuple((key, identity(item, depth + 1)) for key, item in sorted(value.entries.items()))
        others = tuple(identity(item, depth + 1) for item in value.merged)
        return ("dict", entries, None if value.rest is None else identity(value.rest, depth + 1), others)
    if isinstance(value, Items):
        return ("items", tuple(identity(item, depth + 1) for item in value.items))
    if isinstance(value, Union | Test):
        op = value.op if isinstance(value, Test) else "union"
        args = value.args if isinstance(value, Test) else value.options
        return (op, tuple(identity(item, depth + 1) for item in args))
    return (type(value).__name__, type(value[0]), value[0])
