"""What runs in a workload, as values: image, resources, environment, Secrets, rights and shutdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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
    """One environment variable: exactly one of ``value`` (text), a Secret's key, a ConfigMap's key, a fact about a
    need or a workload, a pod field or what its container may use (``resource``, such as ``limits.memory``).
    """

    name: str
    value: str | None = None
    secret: str = ""
    config: str = ""
    key: str = ""
    field: str = ""
    resource: str = ""
    need: str = ""
    workload: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class ExternalSecret:
    """Where the External Secrets operator finds a Secret: ``key`` in the ``store``, a resource of that ``kind``.

    ``refresh`` is how often it looks, in seconds; 0 for once.
    """

    store: str
    key: str
    kind: str = "ClusterSecretStore"
    refresh: int = 3600


@dataclass(frozen=True, slots=True)
class SecretUse:
    """A Secret: ``all_env`` takes every key, ``env`` maps variables to keys, ``mount`` is a path.

    It exists already, unless it comes from an ``external`` store or its values are ``required`` at install.
    """

    name: str
    all_env: bool = False
    env: Mapping[str, str] = field(default_factory=dict)
    mount: str = ""
    external: ExternalSecret | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Security:
    """Who the process is and what it may do; the defaults satisfy Pod Security ``restricted``."""

    user: int = 10001
    group: int = 10001
    writable_root: bool = False
    capabilities: tuple[str, ...] = ()
    privileged: bool = False


class AwsMode(StrEnum):
    """How pods on EKS get their IAM role."""

    IRSA = "irsa"
    POD_IDENTITY = "pod-identity"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the pods are in a cloud; at most one of ``aws``, ``gcp`` and ``azure`` is not empty.

    ``aws`` is an IAM role's ARN, ``gcp`` a Google service account's e-mail address, ``azure`` a client ID.
    """

    aws: str = ""
    aws_mode: AwsMode = AwsMode.IRSA
    gcp: str = ""
    azure: str = ""


@dataclass(frozen=True, slots=True)
class Hook:
    """What is done when a container starts or is to stop: run a ``command``, or ask for a ``path`` of a ``port``."""

    command: tuple[str, ...] = ()
    path: str = ""
    port: str = ""


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """``start`` is done right after the container has started, ``stop`` before it is told to stop."""

    start: Hook | None = None
    stop: Hook | None = None


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Seconds: ``sleep`` before SIGTERM (0: none), ``grace`` for the whole termination."""

    grace: int = 30
    sleep: int = 5
