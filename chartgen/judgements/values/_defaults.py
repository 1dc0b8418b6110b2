"""Defaults that are not what they were, each told of by one judgement."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import Redefined, lookup
from chartgen.templates.abstract import Parts

FLIPPED, SPLIT, ITEMS, FREE, PLAIN = "flipped", "split", "items", "free", "plain"


def defaults(both: Comparison, wanted: str) -> Iterator[Redefined]:
    """The changed defaults of one sort; those that became of another kind are of none."""
    for one in both.values.redefined:
        if not one.is_retyped and _sort(both, one) == wanted:
            yield one


def _sort(both: Comparison, one: Redefined) -> str:
    if registry(both, one) is not None:
        return SPLIT
    if one.is_flip and both.effects.get(one.parts):
        return FLIPPED
    if lost(one) and both.effects.get(one.parts):
        return ITEMS
    is_map = isinstance(one.before, Mapping) or isinstance(one.after, Mapping)
    return FREE if is_map or both.values.old.is_free(one.parts) else PLAIN


def registry(both: Comparison, one: Redefined) -> Parts | None:
    """The new key that took the host out of a repository: ``image.registry``."""
    before, after = one.before, one.after
    if not isinstance(before, str) or not isinstance(after, str) or not after:
        return None
    host, slash, rest = before.partition("/")
    if not slash or rest != after or not ("." in host or ":" in host):
        return None
    for key in _HOSTS:
        for parts in ((*one.parts[:-1], key), ("global", key), ("global", "image", key)):
            if lookup(both.old.values, parts) != host and lookup(both.new.values, parts) == host:
                return parts
    return None


def lost(one: Redefined) -> tuple[Any, ...]:
    """The items of a default list that are not in the new one."""
    if not isinstance(one.before, list) or not isinstance(one.after, list):
        return ()
    return tuple(item for item in one.before if item not in one.after)


def put_in_front(both: Comparison) -> Iterator[tuple[Parts, Parts]]:
    """The repositories of images that had no host, each with the new key, not empty by default, that names one now."""
    for one in both.values.added:
        for key, host in _leaves(one.parts, one.after):
            beside = (*key[:-1], "repository")
            is_new = both.values.new.names(key) and not both.values.old.reads(key)
            if key[-1] not in _HOSTS or not isinstance(host, str) or not host or not is_new:
                continue
            if all(_is_plain(lookup(side.values, beside)) for side in (both.old, both.new)):
                yield beside, key


_HOSTS = ("registry", "imageRegistry", "host")


def _is_plain(repository: object) -> bool:
    """Whether a repository is named without a host."""
    if not isinstance(repository, str) or not repository:
        return False
    host, slash, _ = repository.partition("/")
    return not (slash and ("." in host or ":" in host))


def _leaves(parts: Parts, value: Any) -> Iterator[tuple[Parts, Any]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves((*parts, key), item)
    else:
        yield parts, value
