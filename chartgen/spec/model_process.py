"""What runs in a workload, as values: image, resources, environment, Secrets, rights and shutdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Image:
    """A container image. ``tag`` may be empty when a digest is given; the registry is part of ``repository``."""

    repository: str
    tag: str = ""
    digest: str = ""
    pull_policy: str = "IfNotPresent"
    pull_secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resources:
    """Requests and limits in Kubernetes' quantities, e.g. ``{"cpu": "100m"}``."""

    requests: Mapping[str, str]
    limits: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EnvVar:
    """One environment variable: exactly one of ``value`` (text), a Secret's key, a ConfigMap's key or a pod field."""

    name: str
    value: str | None = None
    secret: str = ""
    config: str = ""
    key: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class SecretUse:
    """An existing Secret: ``all_env`` takes every key, ``env`` maps variables to keys, ``mount`` is a path."""

    name: str
    all_env: bool = False
    env: Mapping[str, str] = field(default_factory=dict)
    mount: str = ""


@dataclass(frozen=True, slots=True)
class Security:
    """Who the process is and what it may do; the defaults satisfy Pod Security ``restricted``."""

    user: int = 10001
    group: int = 10001
    writable_root: bool = False
    capabilities: tuple[str, ...] = ()
    privileged: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """The cloud identity of the pods. ``aws`` is an IAM role's ARN (IRSA)."""

    aws: str = ""


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Seconds: ``sleep`` before SIGTERM (0: none), ``grace`` for the whole termination."""

    grace: int = 30
    sleep: int = 5
