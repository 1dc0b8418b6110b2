"""What becomes of a file that is written, for people to read and for ``patch`` to apply."""

from __future__ import annotations

from difflib import unified_diff


def difference(name: str, before: bytes | None, after: bytes | None, *, sides: tuple[str, str] = ("", "")) -> str:
    """What becomes of a file as a unified diff, ``""`` when it stays as it is; None stands for no file.

    ``sides`` stand before its name, ``a/`` and ``b/`` as git has them. Nothing but a line feed ends a line.
    """
    old, new = (lines_of((side or b"").decode("utf-8", "replace")) for side in (before, after))
    names = [
        "/dev/null" if text is None else f"{side}{name}" for side, text in zip(sides, (before, after), strict=True)
    ]
    lines = unified_diff(old, new, names[0], names[1])
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends. Nothing but a line feed ends one, as in git."""
    *whole, rest = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([rest] if rest else [])]
