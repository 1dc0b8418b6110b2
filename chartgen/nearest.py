"""What a misspelt name was probably meant to be."""

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], *, at_least: float = 0.6) -> str:
    """The known name that ``name`` was probably meant to be, or ``""``; ``at_least`` is how alike they are, up to 1."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(known), n=1, cutoff=at_least)), "")
