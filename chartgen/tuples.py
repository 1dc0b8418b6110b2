"""``NamedTuple`` as ``typing`` has it, defined in a tenth of the time: a sixth of a short run went into defining 100.

Python compiles the constructor of each named tuple anew. Here all that have as many fields share one, under other
names. What is made is the same: a class derived from tuple whose fields are read by name, with ``_fields``,
``_field_defaults`` and ``_replace``, and whose constructor takes them by place and by name. Type checkers see the
original, which is also used where Python keeps annotations in another way.
"""

import sys
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING or sys.version_info >= (3, 14) or sys.implementation.name != "cpython":
    from typing import NamedTuple as NamedTuple
else:
    from _collections import _tuplegetter
    from types import CodeType, FunctionType

    _new = tuple.__new__

    @cache
    def _constructor(count: int) -> CodeType:
        """What makes a tuple of so many fields, which are to be named yet."""
        names = "".join(f"_{number}, " for number in range(count))
        return eval(f"lambda _cls, {names}: _new(_cls, ({names}))").__code__

    @cache
    def _field(number: int) -> object:
        """What reads the field at a place."""
        return _tuplegetter(number, "")

    class _Methods(tuple):
        """What named tuples have beside their fields."""

        __slots__ = ()
        _fields = ()

        @classmethod
        def _make(cls, values):
            return cls(*values)

        def _replace(self, /, **changed):
            made = _new(type(self), map(changed.pop, self._fields, self))
            if changed:
                raise ValueError(f"Got unexpected field names: {list(changed)!r}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            values = (f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({', '.join(values)})"

        def __getnewargs__(self):
            return tuple(self)

    class _Definition(type):
        """Turns the body of a class into a named tuple."""

        def __new__(mcs, name, bases, body):
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without a default follows one that has a default")
            named = {"co_varnames": ("_cls", *fields), "co_name": "__new__", "co_qualname": f"{name}.__new__"}
            code = _constructor(len(fields)).replace(**named)
            made = FunctionType(code, globals(), argdefs=tuple(defaults.values()))
            body.update(zip(fields, map(_field, range(len(fields))), strict=True))
            body |= {"__new__": made, "__slots__": (), "__match_args__": fields}
            body |= {"_fields": fields, "_field_defaults": defaults}
            return type.__new__(type, name, (_Methods,), body)

    class _NamedTuple:
        def __mro_entries__(self, bases):
            return (_BASE,)

    _BASE = type.__new__(_Definition, "NamedTuple", (), {})
    NamedTuple = _NamedTuple()
