"""``--set`` laid over values, as Helm's command does it.

Helm parses the expressions (``strvals``) and writes each straight into the values before it. The library only parses,
so the merge is done here: mappings deeply, everything else replaced. A list is replaced by ``a={x,y}`` but changed in
one place by ``a[1]=x``; which of the two an expression means is asked of Helm's parser too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Parse = Callable[[str], dict[str, Any]]
"""Helm's parser: an expression in, the values it sets out."""

_PROBE = "chartgen-probe"


def apply(values: Mapping[str, Any], expressions: tuple[str, ...], parse: Parse) -> dict[str, Any]:
    """The values with each expression's laid over them in turn; ``values`` stays as it is."""
    result = dict(values)
    for expression in expressions:
        result = _Merge(expression, parse).mapping(result, parse(expression), "")
    return result


class _Merge:
    """Lays what one expression sets over a base. ``path`` is always Helm's own notation of where we are."""

    def __init__(self, expression: str, parse: Parse) -> None:
        self.expression = expression
        self.parse = parse

    def mapping(self, base: Mapping[str, Any], over: Mapping[str, Any], path: str) -> dict[str, Any]:
        result = dict(base)
        for key, value in over.items():
            below = f"{path}.{_escaped(key)}" if path else _escaped(key)
            result[key] = self.value(base.get(key), value, below)
        return result

    def value(self, base: Any, over: Any, path: str) -> Any:
        if isinstance(base, Mapping) and isinstance(over, Mapping):
            return self.mapping(base, over, path)
        if isinstance(base, list) and isinstance(over, list) and self.by_index(len(base), len(over), path):
            length = max(len(base), len(over))
            old = [*base, *[None] * (length - len(base))]
            new = [*over, *[None] * (length - len(over))]
            return [
                before if after is None else self.value(before, after, f"{path}[{index}]")
                for index, (before, after) in enumerate(zip(old, new, strict=True))
            ]
        return over

    def by_index(self, base: int, over: int, path: str) -> bool:
        """Whether the expression sets items of the list at ``path`` rather than the list.

        The list is first given one item more than anybody has; if the expression replaces the list it is gone.
        """
        last = max(base, over)
        probed: Any = self.parse(f"{path}[{last}]={_PROBE},{self.expression}")
        for part in _parts(path):
            probed = probed[part]
        return len(probed) == last + 1 and bool(probed[last] == _PROBE)


def _escaped(key: str) -> str:
    return "".join(f"\\{char}" if char in "\\.,=[]{}" else char for char in key)


def _parts(path: str) -> list[str | int]:
    """A path in Helm's notation as keys and indexes."""
    parts: list[str | int] = [""]
    chars = iter(path)
    for char in chars:
        if char == "\\":
            parts[-1] = f"{parts[-1]}{next(chars)}"
        elif char == ".":
            parts.append("")
        elif char == "[":
            parts.append(int("".join(iter(lambda: next(chars), "]"))))
        else:
            parts[-1] = f"{parts[-1]}{char}"
    return [part for part in parts if part != ""]
