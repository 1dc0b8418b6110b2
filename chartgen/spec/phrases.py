"""Turns of phrase: values, suggestions and examples as messages show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.location import Pointer
from chartgen.spec.source import Source
from chartgen.yamlread import read

TYPES = {
    "string": ("text",),
    "integer": ("a whole number",),
    "number": ("a number",),
    "boolean": ("true", "false"),
    "object": ("a mapping",),
    "array": ("a list",),
}
"""What the schema's types are called; a boolean is one of two words."""


def shown(value: Any, source: Source, pointer: Pointer) -> str:
    """A value for a message: text in quotes, another scalar as it is written, a collection by its kind."""
    if isinstance(value, str):
        return repr(value) if len(value) <= 60 else repr(value[:57] + "...")
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return source.written(pointer)


def nearest(word: str, known: list[str]) -> str:
    """The known word that was probably meant, or ``""``."""
    from difflib import get_close_matches

    lower = {item.lower(): item for item in known}
    cutoff = 0.6 if len(word) < 5 else 0.7 if len(word) < 9 else 0.75  # one letter weighs more in a short word
    found = get_close_matches(word.lower(), list(lower), n=1, cutoff=cutoff)
    return lower[found[0]] if found else ""


def meant(word: str, known: list[str]) -> str:
    """`` (did you mean 'image'?)``, or ``""``."""
    return question(nearest(word, known))


def question(word: str) -> str:
    """The word as a suggestion behind a message; ``""`` for none."""
    return f" (did you mean {word!r}?)" if word else ""


def better(value: str, pattern: str) -> str:
    """A hint with a form of the value that would do, if one is near."""
    bare = re.sub(r"^[a-z]+://|/+$", "", value)
    candidates = [
        value.strip().lower(),
        bare.lower(),
        f"https://{re.sub('^[a-z]+://', '', value)}",
        *_quantities(value),
        *_versions(value),
    ]
    candidates += [value.upper().removeprefix("CAP_")] if value.upper().startswith("CAP_") else []
    candidates += [f"/{re.sub('^[a-z]+://[^/]*', '', value).lstrip('/')}"]
    if not any(char in value for char in "/:.@$"):
        joined = re.sub(r"[^A-Za-z0-9]+", "_", value)
        candidates += [re.sub("_+", "-", joined.lower()).strip("-"), joined]
        if value.isupper():
            candidates.reverse()  # as variables are written
    candidates += [re.split("[/:]", bare)[0].lower()] if "://" in value else []  # the host of a URL
    candidates.append(value[:1].upper() + value[1:])  # as kinds are written
    for candidate in candidates:
        if re.search("[A-Za-z0-9]", candidate) and candidate != value and re.search(pattern, candidate):
            return f"did you mean {candidate!r}?"
    return ""


def _quantities(value: str) -> Iterator[str]:
    """A quantity with Kubernetes' unit in place of one such as ``MB``, ``gb`` or ``mi``."""
    found = re.fullmatch(r"([0-9.]+) *([kmgtKMGT])([iI]?)[bB]?", value)
    if found:
        digits, unit, binary = found.groups()
        yield digits + (unit.upper() + "i" if binary else unit.upper().replace("K", "k"))


def _versions(value: str) -> Iterator[str]:
    """A version of three numbers: ``v1.2`` is 1.2.0."""
    found = re.fullmatch(r"[vV]?([0-9]+)(\.[0-9]+)?(\.[0-9]+)?([-+].*)?", value)
    if found:
        major, minor, patch, rest = found.groups("")
        yield f"{major}{minor or '.0'}{patch or '.0'}{rest}"


def existing_secret(key: str) -> str:
    """How to name a Secret, for a key that looks like a variable; ``""`` for another."""
    return (
        f"name an existing Secret, e.g. shop-secrets: {{env: [{key}]}}" if re.fullmatch(r"[A-Z][A-Z0-9_]*", key) else ""
    )


def either(words: list[str]) -> str:
    """Words in a row with ``or`` before the last."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def one_line(value: Any) -> str:
    """A value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {one_line(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(one_line, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def fits_quoted(value: Any, raw: str, schema: Mapping[str, Any]) -> bool:
    """Whether a scalar would do if it were quoted."""
    if "pattern" in schema:
        return not isinstance(value, bool) and re.search(schema["pattern"], raw) is not None
    return "then" not in schema


def right_type(value: Any, wanted: list[str], schema: Mapping[str, Any]) -> str:
    """How to write a value so that it has one of the types wanted."""
    if isinstance(value, list) and isinstance(schema.get("additionalProperties"), Mapping):
        example = _as_mapping(value) or one_line(schema["examples"][0])
        return f"write a mapping of names instead of a list: {example}"
    if isinstance(value, str):
        if "boolean" in wanted and value.lower() in ("true", "false", "yes", "no", "on", "off"):
            return "write true or false, without quotes"
        if value.isdecimal() and ("integer" in wanted or "number" in wanted):
            return f"write {value}, without quotes"
        if "array" in wanted and (words := _command(value)):
            return f"write [{', '.join(words)}]"
    return for_example(schema, -1)


def _command(line: str) -> list[str]:
    """The words of a command line as items of a YAML list; none where a shell would be needed to tell them."""
    from shlex import split

    try:
        words = split(line)
    except ValueError:
        return []
    plain = re.compile(r"[A-Za-z/][\w./=-]*|--?[A-Za-z][\w./=-]*")
    return (
        []
        if re.search(r"[$|<>;&`\\]", line)
        else [word if plain.fullmatch(word) and read(word).data == word else f'"{word}"' for word in words]
    )


def _as_mapping(items: list[Any]) -> str:
    """A list of ``NAME=value`` or of ``{name, value}`` as the mapping that says the same; ``""`` for another list."""
    pairs: dict[str, Any] = {}
    for item in items:
        if isinstance(item, str) and re.fullmatch(r"\w+=[\w./-]+", item):
            name, _, value = item.partition("=")
            pairs[name] = value
        elif isinstance(item, dict) and len(item) == 2 and isinstance(item.get("name"), str):
            pairs[item["name"]] = next(value for key, value in item.items() if key != "name")
    simple = all(isinstance(value, int) or re.fullmatch(r"[\w./-]+", str(value)) for value in pairs.values())
    return one_line(pairs) if pairs and simple and len(pairs) == len(items) <= 5 else ""


def for_example(schema: Mapping[str, Any], index: int) -> str:
    """One of a schema's examples as a hint; ``""`` when it has none."""
    examples = schema.get("examples")
    return f"e.g. {one_line(examples[index])}" if examples else ""
