"""What jsonschema found wrong, in the words of the spec.

The schema says ``type: [string, object]`` where a key takes a scalar or an object, so every error already is about
the form its author chose. The texts come from the schema itself: ``patternErrorMessage`` (which editors show too),
``title`` (what a number counts) and ``examples``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.source import Source

TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping",
    "array": "a list",
}

ALIASES = {
    "autoscaling": "replicas", "cmd": "args", "containerPort": "port", "entrypoint": "command", "environment": "env",
    "envFrom": "secrets", "existingSecrets": "secrets", "healthcheck": "health", "host": "ingress",
    "ingresses": "ingress", "livenessProbe": "health", "networkPolicy": "network", "probes": "health",
    "prometheus": "metrics", "readinessProbe": "health", "replicaCount": "replicas", "scale": "replicas",
    "securityContext": "security", "serviceMonitor": "metrics", "services": "workloads", "startupProbe": "health",
    "terminationGracePeriodSeconds": "shutdown", "variables": "env",
}  # fmt: skip
"""What other tools call our keys."""


def explain(error: Any, source: Source) -> Iterator[tuple[Problem, Pointer]]:
    """The problems a jsonschema error stands for, each with the place that it leaves in doubt.

    An unknown key that looks like another puts that one in doubt, so that nobody complains that it is missing.
    """
    pointer = Pointer(tuple(error.absolute_path))
    kind = error.validator
    if "propertyNames" in error.absolute_schema_path:
        yield _bad_key(error, pointer, source), pointer / error.instance
    elif kind == "additionalProperties":
        for key in error.instance:
            if key not in error.schema.get("properties", {}):
                yield _unknown(key, error, pointer, source)
    elif kind == "required":
        problem, key = _required(error, pointer, source)
        yield problem, pointer / key
    elif kind == "pattern" and not error.instance and "minLength" in error.schema:
        return  # that it is empty is said already
    elif kind is not None:  # the schema false, for keys beside ``workloads``, is a rule of ours
        yield _EXPLAINERS.get(kind, _plain)(error, pointer, source), pointer


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
    cutoff = 0.6 if len(word) < 5 else 0.7  # one letter weighs more in a short word
    found = get_close_matches(word.lower(), list(lower), n=1, cutoff=cutoff)
    return lower[found[0]] if found else ""


def meant(word: str, known: list[str]) -> str:
    """`` (did you mean 'image'?)``, or ``""``."""
    return _question(nearest(word, known))


def _question(word: str) -> str:
    return f" (did you mean {word!r}?)" if word else ""


def _unknown(key: str, error: Any, pointer: Pointer, source: Source) -> tuple[Problem, Pointer]:
    known = list(error.schema.get("properties", {}))
    alias = ALIASES.get(key, "")
    near = alias if alias in known else nearest(key, known)
    hint = f"allowed here: {', '.join(known)}" if len(known) < 8 else ""
    if elsewhere := _elsewhere(key, pointer):
        near, hint = "", elsewhere
    place = source.at(pointer / key, key=True)
    prefix = f"{pointer.dotted}: " if pointer.parts else ""
    problem = Problem(f"{prefix}unknown key {key!r}{_question(near)}", place, hint, "unknown-key")
    return problem, pointer / (near or key)


def _elsewhere(key: str, pointer: Pointer) -> str:
    """Where a key belongs that is known in another place."""
    if pointer.parts[:1] == ("workloads",) and key in ("version", "description", "monitoring", "extra", "name"):
        return f"{key!r} is a key of the whole spec, not of a workload"
    if pointer.parts[-1:] == ("health",) and key in ("period", "failures"):
        return f"{key!r} belongs under liveness, readiness or startup"
    return ""


def _bad_key(error: Any, pointer: Pointer, source: Source) -> Problem:
    key = str(error.instance)
    if error.validator == "maxLength":
        said = f"the name {key!r} has {len(key)} characters; {error.validator_value} are allowed"
        hint = ""
    else:
        said = f"{key!r} {error.schema.get('patternErrorMessage', 'is no valid name')}"
        hint = _better(key, error.validator_value)
    place = source.at(pointer / key, key=True)
    return Problem(f"{pointer.dotted}: {said}", place, hint, "bad-name")


def _type(error: Any, pointer: Pointer, source: Source) -> Problem:
    value = error.instance
    wanted = [error.validator_value] if isinstance(error.validator_value, str) else list(error.validator_value)
    words = _or([TYPES[name] for name in wanted])
    if value is None:
        example = _example(error.schema)
        return source.problem(
            pointer,
            "has no value",
            hint=f"give it {words}{example}, or remove the key",
            code="no-value",
            key=True,
        )
    if not pointer.parts:
        return source.problem(pointer, f"a spec is a mapping, not {TYPES[_kind(value)]}", code="type", hint="")
    if "string" in wanted and not isinstance(value, dict | list):
        raw = source.written(pointer)
        kind = "true or false" if isinstance(value, bool) else "a number"
        hint = f'quote it: "{raw}"' if _fits(value, raw, error.schema) else _for_example(error.schema, 0)
        return source.problem(pointer, f"{raw} is {kind}, and {words} is expected", hint=hint, code="type")
    said = shown(value, source, pointer)
    return source.problem(pointer, f"{said} is not {words}", hint=_right_type(value, wanted, error.schema), code="type")


def _fits(value: Any, raw: str, schema: Mapping[str, Any]) -> bool:
    """Whether a scalar would do if it were quoted."""
    if "pattern" in schema:
        return not isinstance(value, bool) and re.search(schema["pattern"], raw) is not None
    return "then" not in schema


def _right_type(value: Any, wanted: list[str], schema: Mapping[str, Any]) -> str:
    """How to write a value so that it has one of the types wanted."""
    if isinstance(value, list) and isinstance(schema.get("additionalProperties"), Mapping):
        return "use a mapping of names instead of a list"
    if isinstance(value, str):
        if "boolean" in wanted and value.lower() in ("true", "false", "yes", "no", "on", "off"):
            return "write true or false, without quotes"
        if value.isdecimal() and ("integer" in wanted or "number" in wanted):
            return f"write {value}, without quotes"
        if "array" in wanted and re.fullmatch(r"[\w./=-]+", value):
            return f"write [{value}]"
    return _for_example(schema, -1)


def _for_example(schema: Mapping[str, Any], index: int) -> str:
    examples = schema.get("examples")
    return f"e.g. {_one_line(examples[index])}" if examples else ""


def _enum(error: Any, pointer: Pointer, source: Source) -> Problem:
    allowed = [_one_line(item) for item in error.validator_value]
    value = error.instance
    near = meant(value, [item for item in error.validator_value if isinstance(item, str)]) if type(value) is str else ""
    said = shown(value, source, pointer)
    if len(allowed) == 1:
        return source.problem(pointer, f"{said} is not known here", hint=f"write {allowed[0]}", code="not-allowed")
    return source.problem(pointer, f"{said} is none of {', '.join(allowed)}{near}", code="not-allowed")


def _const(error: Any, pointer: Pointer, source: Source) -> Problem:
    said = shown(error.instance, source, pointer)
    wanted = _one_line(error.validator_value)
    if error.validator_value is True:
        hint = "write true, or leave the key out"
        return source.problem(pointer, f"{said} is not true", hint=hint, code="not-allowed")
    return source.problem(pointer, f"{said} is not known", hint=f"this chartgen reads {wanted}", code="not-allowed")


def _range(error: Any, pointer: Pointer, source: Source) -> Problem:
    schema = error.schema
    side = "greater" if error.validator == "maximum" else "less"
    said = f"{shown(error.instance, source, pointer)} is {side} than {error.validator_value}"
    what = schema.get("title", "number")
    hint = ""
    if "minimum" in schema and "maximum" in schema:
        hint = f"choose a {what} between {schema['minimum']} and {schema['maximum']}"
    return source.problem(pointer, said, hint=hint, code="out-of-range")


def _pattern(error: Any, pointer: Pointer, source: Source) -> Problem:
    said = error.schema.get("patternErrorMessage", "has the wrong form")
    value = shown(error.instance, source, pointer)
    return source.problem(pointer, f"{value} {said}", hint=_better(error.instance, error.validator_value), code="form")


def _length(error: Any, pointer: Pointer, source: Source) -> Problem:
    if error.validator.startswith("min"):
        hint = "give it a value or remove the key" if error.validator != "minItems" else "remove the key"
        return source.problem(pointer, "is empty", hint=hint, code="empty-value")
    count, most = len(error.instance), error.validator_value
    said = f"{shown(error.instance, source, pointer)} has {count} characters; {most} are allowed"
    return source.problem(pointer, said, code="too-long")


def _required(error: Any, pointer: Pointer, source: Source) -> tuple[Problem, str]:
    key = next(name for name in error.validator_value if name not in error.instance and repr(name) in error.message)
    shape = error.schema.get("properties", {}).get(key, {})
    examples = shape.get("examples")
    hint = f"add: {key}: {_one_line(examples[0])}" if examples else ""
    return source.problem(pointer, f"{key!r} is missing", hint=hint, code="missing-key", key=True), key


def _dependent(error: Any, pointer: Pointer, source: Source) -> Problem:
    for key, needed in error.validator_value.items():
        missing = [name for name in needed if key in error.instance and name not in error.instance]
        if missing:
            return source.problem(
                pointer / key, f"{missing[0]!r} is missing beside it", hint=f"add {missing[0]!r}", code="missing-key",
                key=True,
            )  # fmt: skip
    return _plain(error, pointer, source)


def _unique(error: Any, pointer: Pointer, source: Source) -> Problem:
    items = error.instance
    index = next(i for i, item in enumerate(items) if item in items[:i])
    place = pointer / index
    return source.problem(place, f"{shown(items[index], source, place)} is given twice", code="given-twice")


def _plain(error: Any, pointer: Pointer, source: Source) -> Problem:
    return source.problem(pointer, str(error.message), code="schema")


_EXPLAINERS = {
    "type": _type, "enum": _enum, "const": _const, "minimum": _range, "maximum": _range, "pattern": _pattern,
    "minLength": _length, "maxLength": _length, "minItems": _length, "minProperties": _length,
    "dependentRequired": _dependent, "uniqueItems": _unique,
}  # fmt: skip


def _better(value: str, pattern: str) -> str:
    """A hint with a form of the value that would do, if one is near."""
    bare = re.sub(r"^[a-z]+://|/+$", "", value)
    candidates = [value.strip().lower(), bare.lower(), f"https://{value}", value.removesuffix("B")]
    if not any(char in value for char in "/:.@$"):
        joined = re.sub(r"[^A-Za-z0-9]+", "_", value)
        candidates += [re.sub("_+", "-", joined.lower()).strip("-"), joined]
        if value.isupper():
            candidates.reverse()  # as variables are written
    for candidate in candidates:
        if candidate and candidate != value and re.search(pattern, candidate):
            return f"did you mean {candidate!r}?"
    return ""


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _example(schema: Mapping[str, Any]) -> str:
    examples = schema.get("examples")
    return f" such as {_one_line(examples[0])}" if examples else ""


def _one_line(value: Any) -> str:
    """A value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_one_line(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_one_line, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    kinds = {str: "string", int: "integer", float: "number", dict: "object", list: "array"}
    return next(name for kind, name in kinds.items() if isinstance(value, kind))
