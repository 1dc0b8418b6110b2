"""Names that others than pods speak of: what an operator, a script or a controller will make.

An operator is told the name of the Secret that it is to write (``secretName`` of a ``Certificate``), a script creates
one by name, and an annotation asks a controller for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import WORKLOADS, items, pod_spec, text
from chartgen.rules.base import ScenarioContext
from chartgen.rules.lookup import pods_are_known

_CREATES = r"(?i)secret|configmap|kubectl|create|election|lock|pvc|claim"
"""Words in the arguments of a program that makes objects."""


def made_elsewhere(name: str, ctx: ScenarioContext) -> bool:
    """Whether something in the release may make the object of a name that no template renders."""
    return not pods_are_known(ctx) or any(_speaks_of(name, obj) for obj in ctx.objects)


def _speaks_of(name: str, obj: RenderedObject) -> bool:
    whole = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])")
    if any(isinstance(value, str) and whole.search(value) for value in obj.annotations.values()):
        return True
    if any(name.startswith(f"{claim}-{obj.name}-") for claim in _claims(obj)):
        return True
    if obj.kind in WORKLOADS:
        return any(whole.search(said) and re.search(_CREATES, said) for said in _arguments(obj))
    group = obj.api_version.rpartition("/")[0]
    is_custom = "." in group and not group.endswith(".k8s.io")
    if is_custom and obj.name == name:
        return True  # an ExternalSecret makes a Secret of its own name
    if is_custom or obj.kind in ("Role", "ClusterRole"):
        return any(said == name for said in _strings({key: obj.body[key] for key in obj.body if key != "metadata"}))
    return obj.kind == "ConfigMap" and any(
        whole.search(said) and re.search(_CREATES, said) for said in _strings(obj.body.get("data"))
    )


def _claims(obj: RenderedObject) -> Iterator[str]:
    """The names of a StatefulSet's claim templates: each pod gets ``<template>-<StatefulSet>-<number>``."""
    if obj.kind == "StatefulSet":
        yield from (text(claim, "metadata", "name") for claim in items(obj.body, "spec", "volumeClaimTemplates"))


def _arguments(obj: RenderedObject) -> Iterator[str]:
    """What each program of a workload is told: its command and arguments as one, and each variable."""
    pod = pod_spec(obj.kind, obj.body)
    for container in pod.containers if pod else ():
        yield " ".join(_strings([container.body.get("command"), container.body.get("args")]))
        for variable in container.body.get("env") or ():
            if isinstance(variable, dict):
                yield f"{variable.get('name')}={variable.get('value')}"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
