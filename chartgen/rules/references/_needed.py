"""The objects a pod cannot start without."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.kube.access import PodSpec, get, items, mapping, text
from chartgen.location import Pointer

Reference = tuple[Pointer, str, str]
"""Where an object is named, its kind and its name."""

_KEY_REFS = (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret"))
_FROM = (("configMapRef", "ConfigMap"), ("secretRef", "Secret"))
_VOLUMES = (
    (("configMap",), "name", "ConfigMap"),
    (("secret",), "secretName", "Secret"),
    (("persistentVolumeClaim",), "claimName", "PersistentVolumeClaim"),
    (("csi", "nodePublishSecretRef"), "name", "Secret"),
    (("csi", "volumeAttributes"), "secretProviderClass", "SecretProviderClass"),
)
_SOURCES = ((("configMap",), "name", "ConfigMap"), (("secret",), "name", "Secret"))


def env_references(pod: PodSpec) -> Iterator[Reference]:
    """What the variables of the containers come from, unless it is optional."""
    for container in pod.containers:
        for index, variable in enumerate(items(container.body, "env")):
            for field, kind in _KEY_REFS:
                ref = mapping(variable, "valueFrom", field)
                if ref and ref.get("optional") is not True:
                    yield container.at("env", index, "valueFrom", field, "name"), kind, text(ref, "name")


def references(pod: PodSpec) -> Iterator[Reference]:
    """All that must exist: for variables, for volumes, and to pull the images."""
    yield from env_references(pod)
    for container in pod.containers:
        for index, source in enumerate(items(container.body, "envFrom")):
            for field, kind in _FROM:
                ref = mapping(source, field)
                if ref and ref.get("optional") is not True:
                    yield container.at("envFrom", index, field, "name"), kind, text(ref, "name")
    for index, volume in enumerate(items(pod.body, "volumes")):
        yield from _of(volume, pod.at("volumes", index), _VOLUMES)
        for number, source in enumerate(items(volume, "projected", "sources")):
            yield from _of(source, pod.at("volumes", index, "projected", "sources", number), _SOURCES)
    for index, secret in enumerate(items(pod.body, "imagePullSecrets")):
        yield pod.at("imagePullSecrets", index, "name"), "Secret", text(secret, "name")


def _of(body: object, at: Pointer, fields: tuple[tuple[tuple[str, ...], str, str], ...]) -> Iterator[Reference]:
    for path, key, kind in fields:
        ref = mapping(body, *path)
        if ref and get(body, path[0], "optional") is not True:
            yield Pointer((*at.parts, *path, key)), kind, text(ref, key)
