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
from chartgen.spec.aliases import AT_INSTALL, our_name
from chartgen.spec.phrases import (
    TYPES,
    better,
    either,
    existing_secret,
    fits_quoted,
    for_example,
    meant,
    nearest,
    one_line,
    question,
    right_type,
    shown,
)
from chartgen.spec.rules_environments import reason
from chartgen.spec.source import Source

MOST_GUESSES = 50
"""Unknown keys in one mapping beyond which nobody wants to know what each was meant to be."""


def explain(error: Any, source: Source) -> Iterator[tuple[Problem, Pointer]]:
    """The problems a jsonschema error stands for, each with the place that it leaves in doubt.

    An unknown key that looks like another puts that one in doubt, so that nobody complains that it is missing.
    """
    pointer = Pointer(tuple(error.absolute_path))
    kind = error.validator
    if "propertyNames" in error.absolute_schema_path:
        yield _bad_key(error, pointer, source), pointer / error.instance
    elif kind == "additionalProperties":
        patterns = error.schema.get("patternProperties", {})
        named = error.schema.get("properties", {})
        unknown = [key for key in error.instance if key not in named and not any(re.search(p, key) for p in patterns)]
        for key in unknown:
            yield _unknown(key, error, pointer, source, guess=len(unknown) <= MOST_GUESSES)
    elif kind == "required":
        problem, key = _required(error, pointer, source)
        yield problem, pointer / key
    elif kind == "pattern" and not error.instance and "minLength" in error.schema:
        return  # that it is empty is said already
    elif kind == "type" and isinstance(error.schema.get("const"), bool):
        return  # that it is another value is said already
    elif kind is not None:  # the schema false, for keys beside ``workloads``, is a rule of ours
        yield EXPLAINERS[kind](error, pointer, source), pointer


def _unknown(key: str, error: Any, pointer: Pointer, source: Source, *, guess: bool) -> tuple[Problem, Pointer]:
    place = source.at(pointer / key, key=True)
    if pointer.parts[:1] == ("environments",) and len(pointer.parts) in (2, 4) and (why := reason(key)):
        said = f"{pointer.dotted}: {key!r} cannot differ between environments: {why[0]}"
        return Problem(said, place, why[1], "environment-topology"), pointer / key
    known = list(error.schema.get("properties", {}))
    near = our_name(key, known) or (nearest(key, known) if guess else "")
    hint = f"allowed here: {', '.join(known)}" if len(known) < 8 else ""
    if elsewhere := _elsewhere(key, pointer):
        near, hint = "", elsewhere
    if not near and not hint:
        hint = "'chartgen schema' describes every key"
    prefix = f"{pointer.dotted}: " if pointer.parts else ""
    problem = Problem(f"{prefix}unknown key {key!r}{question(near)}", place, hint, "unknown-key")
    top, dot, _ = near.partition(".")
    return problem, pointer / (key if dot and top in error.instance else top or key)


def _elsewhere(key: str, pointer: Pointer) -> str:
    """Where a key belongs that is known in another place."""
    if pointer.parts[:1] == ("workloads",) and key in ("version", "description", "monitoring", "extra", "name"):
        return f"{key!r} is a key of the whole spec, not of a workload"
    if pointer.parts[:1] == ("environments",) and key == "needs":
        return "which needs a workload has is the same in every environment"
    if pointer.parts[:1] == ("environments",) and key in ("monitoring", "extra"):
        return f"{key!r} is a key of the whole environment, not of a workload"
    if pointer.parts[-1:] == ("health",) and key in ("period", "failures"):
        return f"{key!r} belongs under liveness, readiness or startup"
    if "health" in pointer.parts and key == "initialDelaySeconds":
        return "the startup check waits for it: give that more time, e.g. startup: {path: /healthz, failures: 60}"
    return _of_kubernetes(key, pointer)


def _of_kubernetes(key: str, pointer: Pointer) -> str:
    """What takes the place of something that Kubernetes writes here and the spec does not."""
    parts = pointer.parts
    if key in AT_INSTALL and (not parts or (parts[0] == "workloads" and len(parts) == 2)):
        return f"it depends on the cluster: set {key} among the chart's values at install"
    if "resources" in parts and ("/" in key or key in ("gpu", "gpus")):
        device = key if "/" in key else "nvidia.com/gpu"
        return f"write {device}: 1 under 'resources' itself, beside cpu and memory or requests and limits"
    if key == "namespace" and not parts:
        return "it is chosen at install: helm install --namespace NAME"
    if parts[-2:-1] == ("env",) and key == "value":
        return "write the value itself in place of the mapping"
    if parts[-2:-1] == ("env",) and key.endswith(("From", "Ref")):
        return "write {secret: NAME, key: KEY}, {config: NAME, key: KEY}, {field: PATH} or {resource: NAME}"
    if parts[-2:-1] == ("volumes",) and key == "hostPath":
        return "what lies on the node is mounted by the chart's values volumes and volumeMounts, at install"
    if parts[-2:-1] == ("volumes",) and key in ("secret", "configMap"):
        return "write it under 'secrets', with mount" if key == "secret" else "write it under 'files'"
    return ""


def _bad_key(error: Any, pointer: Pointer, source: Source) -> Problem:
    key = str(error.instance)
    if error.validator == "maxLength":
        said = f"the name {key!r} has {len(key)} characters; {error.validator_value} are allowed"
        hint = "choose a shorter one"
    else:
        said = f"{key!r} {error.schema.get('patternErrorMessage', 'is not a valid name')}"
        hint = existing_secret(key) if pointer.parts[-1:] == ("secrets",) else ""
        hint = hint or better(key, error.validator_value)
    place = source.at(pointer / key, key=True)
    return Problem(f"{pointer.dotted}: {said}", place, hint, "bad-name")


def _type(error: Any, pointer: Pointer, source: Source) -> Problem:
    value = error.instance
    wanted = [error.validator_value] if isinstance(error.validator_value, str) else list(error.validator_value)
    words = either([word for name in wanted for word in TYPES[name]])
    if value is None:
        hint = f"give it {_example(error.schema) or words}, or remove the key"
        return source.problem(pointer, "has no value", hint=hint, code="no-value", key=True)
    if "string" in wanted and not isinstance(value, dict | list):
        raw = source.written(pointer)
        kind = "" if isinstance(value, bool) else "the number "
        hint = f'quote it: "{raw}"' if fits_quoted(value, raw, error.schema) else for_example(error.schema, 0)
        if pointer.parts[-1:] == ("metrics",) and type(value) is int:
            hint = f"write {{port: {raw}}}"
        return source.problem(pointer, f"expected {words}, found {kind}{raw}", hint=hint, code="type")
    said = f"expected {words}, found {shown(value, source, pointer)}"
    hint = right_type(value, wanted, error.schema)
    if pointer.parts[-1:] == ("vpa",) and isinstance(value, str):
        hint = "write true: it recommends, and does nothing else; in other modes it restarts pods"
    return source.problem(pointer, said, hint=hint, code="type")


def _enum(error: Any, pointer: Pointer, source: Source) -> Problem:
    allowed = [one_line(item) for item in error.validator_value]
    value = error.instance
    near = meant(value, [item for item in error.validator_value if isinstance(item, str)]) if type(value) is str else ""
    said = shown(value, source, pointer)
    if pointer.parts[-2:-1] == ("secrets",):
        hint = "write env for all its keys, or choose some: {env: [API_KEY]}"
        return source.problem(
            pointer, f"{said} does not say what to take from the Secret", hint=hint, code="not-allowed"
        )
    if len(allowed) == 1:
        return source.problem(pointer, f"{said} is not known here", hint=f"write {allowed[0]}", code="not-allowed")
    return source.problem(pointer, f"{said} is none of {', '.join(allowed)}{near}", code="not-allowed")


def _const(error: Any, pointer: Pointer, source: Source) -> Problem:
    said = shown(error.instance, source, pointer)
    wanted = one_line(error.validator_value)
    if isinstance(error.validator_value, bool):
        hint = f"write {wanted}, or leave the key out"
        if type(error.instance) is int and pointer.parts[-1] in ("tcp", "grpc"):
            hint = f"write {pointer.parts[-1]}: true, and port: {error.instance} beside it"
        return source.problem(pointer, f"{said} is not {wanted}", hint=hint, code="not-allowed")
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
    return source.problem(pointer, f"{value} {said}", hint=better(error.instance, error.validator_value), code="form")


def _length(error: Any, pointer: Pointer, source: Source) -> Problem:
    if error.validator.startswith("min"):
        hint = "give it a value or remove the key" if error.validator != "minItems" else "remove the key"
        return source.problem(pointer, "is empty", hint=hint, code="empty-value")
    count, most = len(error.instance), error.validator_value
    said = f"{shown(error.instance, source, pointer)} has {count} characters; {most} are allowed"
    return source.problem(pointer, said, hint="shorten it", code="too-long")


def _required(error: Any, pointer: Pointer, source: Source) -> tuple[Problem, str]:
    key = next(name for name in error.validator_value if name not in error.instance and repr(name) in error.message)
    shape = error.schema.get("properties", {}).get(key, {})
    examples = shape.get("examples")
    hint = f"add: {key}: {one_line(examples[0])}" if examples else ""
    return source.problem(pointer, f"{key!r} is missing", hint=hint, code="missing-key", key=True), key


def _dependent(error: Any, pointer: Pointer, source: Source) -> Problem:
    here = error.instance
    pairs = ((key, name) for key, names in error.validator_value.items() if key in here for name in names)
    key, missing = next(pair for pair in pairs if pair[1] not in here)
    return source.problem(
        pointer / key, f"{missing!r} is missing beside it", hint=f"add {missing!r}", code="missing-key", key=True
    )


def _unique(error: Any, pointer: Pointer, source: Source) -> Problem:
    items = error.instance
    index = next(i for i, item in enumerate(items) if item in items[:i])
    place = pointer / index
    return source.problem(place, f"{shown(items[index], source, place)} is given twice", code="given-twice")


EXPLAINERS = {
    "type": _type, "enum": _enum, "const": _const, "minimum": _range, "maximum": _range, "pattern": _pattern,
    "minLength": _length, "maxLength": _length, "minItems": _length, "minProperties": _length,
    "dependentRequired": _dependent, "uniqueItems": _unique,
}  # fmt: skip
"""Who puts the errors of a schema's keyword into words; ``explain`` sees to the others itself."""


def _example(schema: Mapping[str, Any]) -> str:
    """A value that would do, in words; ``""`` when the schema has no example."""
    examples = schema.get("examples")
    return f"a value such as {one_line(examples[0])}" if examples else ""
