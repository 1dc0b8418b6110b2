"""Judges a spec.

Three passes over one reading, and over the files the spec names: traps of YAML itself, the schema, and rules a schema
cannot say. All problems are reported at once; a rule stays silent about keys the schema already found broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from chartgen.errors import InvalidInput, Problem
from chartgen.jsonschemas import validator
from chartgen.resources import schema_text
from chartgen.spec.beside import Read, gather, nowhere
from chartgen.spec.defaults import build
from chartgen.spec.environments import KEY, environments
from chartgen.spec.model import AppSpec
from chartgen.spec.rules import judge
from chartgen.spec.source import Source
from chartgen.spec.text import decode, parse
from chartgen.spec.traps import lookalike, traps
from chartgen.spec.words import explain


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found out about a spec: ``app`` is None when it has errors."""

    app: AppSpec | None
    problems: tuple[Problem, ...]
    text: str


def problems(data: bytes, *, file: str, read: Read = nowhere) -> tuple[Problem, ...]:
    """Everything wrong or doubtful in a spec, sorted by place; warnings have ``warning`` set."""
    try:
        return judged(data, file=file, read=read).problems
    except InvalidInput as error:
        return error.problems


def judged(data: bytes, *, file: str, read: Read = nowhere) -> Judged:
    """A spec with all its problems; ``read`` reads the files it names.

    Raises InvalidInput when there is no YAML mapping to judge.
    """
    text, found = decode(data, file=file)
    source = Source(file, parse(text, file=file))
    tree = source.document.data
    other = lookalike(source)
    if other:
        raise InvalidInput((other,), {file: text})
    errors, broken = _schema_problems(source)
    sound = _without(tree, broken)
    source, unread = gather(sound, source, read)
    app = build(sound, source)
    everything = [*found, *errors, *unread, *judge(app, sound, source, broken)]
    if all(problem.warning or problem.location.pointer.parts[:1] == (KEY,) for problem in everything):
        found_there = list(environments(app, sound.get(KEY, {}), source, everything))
        everything += (problem for environment in found_there for problem in environment.problems)
        app = replace(app, environments={one.name: one.app for one in found_there if one.app})
    ordered = tuple(sorted(dict.fromkeys(everything), key=lambda problem: (problem.location.sort_key, problem.message)))
    return Judged(None if any(not p.warning for p in ordered) else app, ordered, text)


def _schema_problems(source: Source) -> tuple[list[Problem], frozenset[tuple[str | int, ...]]]:
    """Problems of the traps and the schema, and the keys they concern: ``("ports",)``, ``("workloads", "web", "env")``.

    Where a trap was found the schema's own words about the same value are left out.
    """
    found = list(traps(source))
    trapped = {problem.location.pointer for problem in found if problem.code != "duplicate-key"}
    explained = [pair for error in _validator().iter_errors(source.document.data) for pair in explain(error, source)]
    misspelt = {doubt for problem, doubt in explained if problem.code == "unknown-key"}
    for problem, doubt in explained:
        if problem.location.pointer not in trapped and not (problem.code == "missing-key" and doubt in misspelt):
            found.append(problem)
    places = trapped | {doubt for _, doubt in explained} | {problem.location.pointer for problem, _ in explained}
    return found, frozenset(_owner(pointer.parts) for pointer in places)


_INDEPENDENT = frozenset(("env", "secrets", "files", "volumes", "init", "sidecars", "labels", "annotations", "extra"))
"""Maps whose entries mean something without each other: a broken one does not keep the others from being judged."""


def _owner(parts: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The key of the spec or of a workload in which a place lies, the entry of an independent map, an environment."""
    depth = 3 if parts[:1] == ("workloads",) else 1
    if parts[:1] in ((KEY,), ("needs",)):
        return parts[:2]
    return parts[: depth + 1] if len(parts) > depth and parts[depth - 1] in _INDEPENDENT else parts[:depth]


def _without(data: Mapping[str, Any], broken: Iterable[tuple[str | int, ...]]) -> Mapping[str, Any]:
    """The spec without what is broken."""
    below: dict[str | int, list[tuple[str | int, ...]]] = {}
    for parts in broken:
        if parts:
            below.setdefault(parts[0], []).append(parts[1:])
    if not below:
        return data
    return {
        key: _without(value, below[key]) if key in below else value
        for key, value in data.items()
        if () not in below.get(key, ())
    }


@cache
def _validator() -> Any:
    """The compiled schema. ``$ref`` is resolved before."""
    import json

    schema = json.loads(schema_text("app-spec.v1"))
    return validator(_inline(schema, schema["$defs"], {}))


def _inline(schema: Any, definitions: Mapping[str, Any], done: dict[str, Any]) -> Any:
    """The schema with every ``$ref`` replaced by what it means, which makes validating twice as fast."""
    if isinstance(schema, list):
        return [_inline(item, definitions, done) for item in schema]
    if not isinstance(schema, dict):
        return schema
    reference = schema.get("$ref")
    if isinstance(reference, str):
        name = reference.removeprefix("#/$defs/")
        if name not in done:
            done[name] = _inline(definitions[name], definitions, done)
        return done[name]
    return {key: _inline(value, definitions, done) for key, value in schema.items() if key not in ("$defs", "$id")}
