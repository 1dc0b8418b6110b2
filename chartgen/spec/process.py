"""What runs in a workload: image, resources, environment, Secrets, files, rights and shutdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.spec.model import (
    ConfigFile,
    EnvVar,
    ExternalSecret,
    Hook,
    Image,
    Lifecycle,
    Port,
    Resources,
    SecretUse,
    Security,
    Shutdown,
)
from chartgen.spec.probes import port_name
from chartgen.spec.units import number, seconds, text


def image(value: str | Mapping[str, Any]) -> Image:
    """An image from its reference or its parts.

    The tag begins at the last ``:`` behind the last ``/``, for a registry may have a port.
    """
    if not isinstance(value, str):
        return Image(
            value["repository"],
            value.get("tag", ""),
            value.get("digest", ""),
            value.get("pullPolicy", "IfNotPresent"),
            tuple(value.get("pullSecrets", ())),
        )
    name, _, digest = value.partition("@")
    colon = name.rfind(":")
    if colon > name.rfind("/"):
        return Image(name[:colon], name[colon + 1 :], digest)
    return Image(name, "", digest)


def resources(top: Mapping[str, Any], own: Mapping[str, Any]) -> Resources:
    """Requests and limits: a workload's quantities laid over the inherited ones, and those over the defaults.

    ``{cpu, memory}`` are requests with the memory as its own limit. Where ``limits`` is not said, memory is limited
    to its request. Devices, such as ``nvidia.com/gpu``, are not overcommitted: limit and request are the same.
    """
    requests: dict[str, str] = {}
    limits: dict[str, str] | None = None
    usual = {"cpu": "100m", "memory": "128Mi"}
    for given in (top, own):
        short = {key: number(given[key]) for key in usual if key in given}
        if "requests" in given:
            requests, usual = _quantities(given["requests"]), {}
        if "limits" in given:
            limits = _quantities(given["limits"])
        elif limits is not None and "memory" in short:
            limits["memory"] = short["memory"]
        requests.update(short)
    if limits and "memory" in limits and usual:
        usual["memory"] = limits["memory"]
    requests = {**usual, **requests}
    if limits is None:
        limits = {"memory": requests["memory"]} if "memory" in requests else {}
    devices = {key: number(count) for given in (top, own) for key, count in given.items() if "/" in key}
    return Resources({**_quantities(requests), **devices}, {**_quantities(limits), **devices})


def _quantities(value: Mapping[str, Any]) -> dict[str, str]:
    return {key: number(value[key]) for key in ("cpu", "memory", "ephemeral-storage") if key in value}


def env_var(name: str, value: Any) -> EnvVar:
    """An environment variable from its value or from where it comes."""
    if not isinstance(value, Mapping):
        return EnvVar(name, value=text(value))
    return EnvVar(
        name,
        secret=value.get("secret", ""),
        config=value.get("config", ""),
        key=value.get("key", ""),
        field=value.get("field", ""),
        resource=value.get("resource", ""),
        need=value.get("need", ""),
        workload=value.get("workload", ""),
        fact=value.get("fact", ""),
    )


def secret_use(name: str, value: str | Mapping[str, Any]) -> SecretUse:
    """How a Secret is used, and where it comes from; the text ``env`` takes every key as a variable."""
    if isinstance(value, str):
        return SecretUse(name, all_env=True)
    taken = value.get("env", {})
    whole = isinstance(taken, str)
    keys: dict[str, str] = {} if whole else dict(taken) if isinstance(taken, Mapping) else {key: key for key in taken}
    return SecretUse(
        name,
        all_env=whole,
        env=keys,
        mount=value.get("mount", ""),
        external=_external(name, value["external"]) if "external" in value else None,
        required=value.get("required", False),
    )


def _external(name: str, value: str | Mapping[str, Any]) -> ExternalSecret:
    """Where a Secret comes from; a text names the store. In the store it has the same name unless the spec says not."""
    given = value if isinstance(value, Mapping) else {"store": value}
    return ExternalSecret(
        store=given.get("store", ""),
        key=given.get("key", name),
        kind=given.get("kind", "ClusterSecretStore"),
        refresh=seconds(given.get("refresh", 3600)),
    )


def config_files(files: Mapping[str, str | Mapping[str, Any]], contents: Mapping[str, bytes]) -> tuple[ConfigFile, ...]:
    """The files of a workload; one that could not be read is empty here."""
    result = []
    for path, value in files.items():
        given = value if isinstance(value, Mapping) else {"content": value}
        data = contents.get(given["from"], b"") if "from" in given else given.get("content", "").encode()
        result.append(ConfigFile(path, data, given.get("covers", "")))
    return tuple(result)


def security(value: Mapping[str, Any]) -> Security:
    """Who the process is; the group's number follows the user's."""
    user = int(value.get("user", 10001))
    return Security(
        user=user,
        group=int(value.get("group", user)),
        writable_root=value.get("writableRoot", False),
        capabilities=tuple(value.get("capabilities", ())),
        privileged=value.get("privileged", False),
    )


def lifecycle(value: Mapping[str, Any], ports: tuple[Port, ...]) -> Lifecycle:
    """What is done when the container starts and before it is told to stop."""
    return Lifecycle(_hook(value.get("postStart"), ports), _hook(value.get("preStop"), ports))


def _hook(value: list[Any] | Mapping[str, Any] | None, ports: tuple[Port, ...]) -> Hook | None:
    """A list is a command."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        return Hook(path=value.get("path", "/"), port=port_name(value.get("port"), ports))
    return Hook(command=tuple(map(text, value)))


def shutdown(value: int | str | Mapping[str, Any], *, serving: bool) -> Shutdown:
    """How a pod stops. Only where traffic arrives is there something to wait for before SIGTERM."""
    given = value if isinstance(value, Mapping) else {"grace": value}
    grace = seconds(given.get("grace", 30))
    usual = min(5, grace // 2) if serving else 0
    return Shutdown(grace, seconds(given["sleep"]) if "sleep" in given else usual)
