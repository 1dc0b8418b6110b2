"""An object as the API server hands it to admission policies, which is not quite as its author wrote it.

The API server decodes an object of a built-in kind into a Go struct, fills in defaults, and encodes it again. Then
nulls and empty lists are gone, and so are ``false``, ``0`` and ``""`` where the field cannot tell them from nothing;
quantities are in canonical form; a Secret's ``stringData`` is in ``data``. Objects of custom kinds are pruned and
defaulted by their CustomResourceDefinition, when it is known. What only a cluster can assign (uid, creationTimestamp,
addresses) is left out. Numbers are those of JSON: ``1.0`` travels as ``1``.
"""

from __future__ import annotations

import base64
from decimal import ROUND_UP, Decimal
from typing import Any

from chartgen.kube.access import WORKLOADS, get, items, pod_spec
from chartgen.kube.defaults import Body, fill
from chartgen.kube.kinds import Resource
from chartgen.kube.quantity import parse
from chartgen.kube.structural import schema_of, settle

_PLAIN_ZERO = frozenset(
    (
        "hostNetwork",
        "hostPID",
        "hostIPC",
        "stdin",
        "stdinOnce",
        "tty",
        "readOnly",
        "paused",
        "publishNotReadyAddresses",
        "minReadySeconds",
        "initialDelaySeconds",
        "hostPort",
    )
)
"""Fields whose zero the API server drops, because they are no pointers in Go."""

_MEANINGFUL_EMPTY = frozenset(("storageClassName", "ingressClassName", "volumeName", "service", "path", "type"))
"""Text fields that are pointers, where ``""`` says something."""

_BOUND = 2**63

_DATA = frozenset(("data", "stringData", "binaryData", "labels", "annotations", "matchLabels", "nodeSelector"))
"""Mappings from texts to texts: whatever stands in them stays."""


def admitted(body: Any, resource: Resource, namespace: str) -> Body:
    """The object that CEL sees as ``object``, in plain data that shares nothing with ``body``.

    ``namespace`` is where it would be created when it does not say.
    """
    builtin = is_builtin(resource.group)
    found: Body = _copied(body, builtin, "")
    metadata = found.setdefault("metadata", {})
    if isinstance(metadata, dict):
        if resource.namespaced:
            metadata.setdefault("namespace", namespace)
        else:
            metadata.pop("namespace", None)
    if builtin:
        _settle(found, resource.kind)
        if resource.kind in ("Role", "ClusterRole"):
            found.setdefault("rules", [] if body.get("rules") == [] else None)  # the one list that is never left out
    schema = schema_of(resource.definition, resource.version) if resource.definition and not builtin else None
    if schema:
        settle(found, schema)
    return found


def is_builtin(group: str) -> bool:
    """Whether the API server itself knows the kinds of a group, rather than by a CustomResourceDefinition."""
    named = group.endswith(".k8s.io") and group.removesuffix(".k8s.io") in _GROUPS
    return named or group in ("", "apps", "autoscaling", "batch", "extensions", "policy")


_GROUPS = frozenset(
    (
        "admissionregistration",
        "apiextensions",
        "apiregistration",
        "authentication",
        "authorization",
        "certificates",
        "coordination",
        "discovery",
        "events",
        "flowcontrol.apiserver",
        "networking",
        "node",
        "rbac.authorization",
        "resource",
        "scheduling",
        "storage",
    )
)


def _copied(value: Any, builtin: bool, key: str) -> Any:
    if isinstance(value, dict):
        pairs = ((name, _copied(inner, builtin and key not in _DATA, name)) for name, inner in value.items())
        return {name: inner for name, inner in pairs if not (builtin and key not in _DATA and _is_gone(name, inner))}
    if isinstance(value, list):
        return [_copied(inner, builtin, "") for inner in value]
    return value if isinstance(value, bool) else _number(value)


def _number(value: Any) -> Any:
    """A number as it comes out of JSON: whole ones of 64 bits are integers, all others floats."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _BOUND:
        return int(value)
    return float(value) if isinstance(value, int) and not -_BOUND <= value < _BOUND else value


def _is_gone(key: str, value: Any) -> bool:
    """Whether a field of a built-in kind with this value is as good as absent."""
    if value is None or value == []:
        return True
    if value == "":
        return key not in _MEANINGFUL_EMPTY
    if value == {}:
        return key in _DATA or key in ("limits", "requests")
    return key in _PLAIN_ZERO and not value


def _settle(body: Body, kind: str) -> None:
    """Fill in defaults and write what has a canonical form in it."""
    if kind == "Secret":
        _merge_texts(body)
    if kind == "CronJob":
        job = get(body, "spec", "jobTemplate")
        if isinstance(job, dict):
            fill(job, "Job", None)
    pod = pod_spec(kind, body) if kind in WORKLOADS else None
    fill(body, kind, pod.body if pod else None)  # type: ignore[arg-type]  # a mapping of our own copy
    _canonical(get(body, "spec", "resources"))
    for claim in items(body, "spec", "volumeClaimTemplates"):
        _canonical(get(claim, "spec", "resources"))
    if kind in ("ResourceQuota", "PersistentVolume"):
        _amounts(get(body, "spec", "hard"))
        _amounts(get(body, "spec", "capacity"))
    if pod is not None:
        _canonical(pod.body.get("resources"))
        for container in pod.containers:
            _canonical(container.body.get("resources"))
        for volume in items(pod.body, "volumes"):
            _amount_at(get(volume, "emptyDir"), "sizeLimit")


def _merge_texts(body: Body) -> None:
    texts = body.pop("stringData", None)
    if isinstance(texts, dict):
        data = body.setdefault("data", {})
        for key, value in texts.items():
            if isinstance(value, str):
                data[key] = base64.b64encode(value.encode()).decode()


def _canonical(resources: Any) -> None:
    _amounts(get(resources, "limits"))
    _amounts(get(resources, "requests"))


def _amounts(amounts: Any) -> None:
    if isinstance(amounts, dict):
        for key in amounts:
            _amount_at(amounts, key)


def _amount_at(body: Any, key: str) -> None:
    if isinstance(body, dict) and key in body:
        body[key] = canonical_quantity(body[key])


def canonical_quantity(value: Any) -> Any:
    """A quantity as the API server writes it (``1024Mi`` is ``1Gi``, ``0.5`` is ``500m``); anything else as it is."""
    amount = parse(value)
    if amount is None:
        return value
    text = str(value)
    if text.endswith("i") and abs(amount) >= 1024:
        return _with_suffix(amount.to_integral_value(ROUND_UP), 1024, ("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"))
    if text[-1:].isdecimal() and "e" in text.lower():
        return text  # an exponent stays one; few people write it
    nano = (amount * 10**9).to_integral_value(ROUND_UP)
    if nano % 10**9:
        return _with_suffix(nano, 1000, ("n", "u", "m"))
    return _with_suffix(nano / 10**9, 1000, ("", "k", "M", "G", "T", "P", "E"))


def _with_suffix(amount: Decimal, base: int, suffixes: tuple[str, ...]) -> str:
    step = 0
    while amount and amount % base == 0 and step < len(suffixes) - 1:
        amount /= base
        step += 1
    return f"{int(amount)}{suffixes[step]}"
