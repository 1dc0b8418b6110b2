"""How many pods there are, and what decides it, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric that an HPA goes by: of the pods, of one ``object`` (kind, name, API version), or ``external``.

    ``average`` is what there may be of it for each pod, ``value`` in all, as Kubernetes' quantities; ``""`` for none.
    """

    name: str
    average: str = ""
    value: str = ""
    external: bool = False
    object: tuple[str, str, str] | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast pods come or go: at most ``percent`` or ``pods`` of them (0: not said) in ``every`` seconds.

    ``window`` is how many seconds are looked back. ``select`` is Max, Min or Disabled.
    """

    window: int
    percent: int = 0
    pods: int = 0
    every: int = 60
    select: str = "Max"


DOWN = Pace(window=300, percent=50)
"""How pods go unless a spec says otherwise."""


@dataclass(frozen=True, slots=True)
class Auth:
    """Who KEDA is where a trigger looks: parameters of its scaler from variables of the workload (``env``), from a
    ``secret`` (``keys``), an ``identity`` in a cloud, or an ``existing`` authentication, of the ``cluster`` or not.
    """

    identity: str = ""
    id: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    secret: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    existing: str = ""
    cluster: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """What KEDA watches: its scaler's ``type``, and the ``metadata`` it is given, in KEDA's words.

    ``whole`` when its target counts for all pods together and not for each.
    """

    name: str
    type: str
    metadata: Mapping[str, str]
    whole: bool = False
    auth: Auth | None = None


@dataclass(frozen=True, slots=True)
class Fallback:
    """``replicas`` pods while a trigger could not be read ``failures`` times in a row."""

    replicas: int
    failures: int = 3


@dataclass(frozen=True, slots=True)
class Replicas:
    """How many pods. Something scales them when ``max`` > ``min``: KEDA where there are ``triggers``, else an HPA.

    ``cpu`` and ``memory`` are target utilisation in percent of the request, 0 for none. ``up`` is None for Kubernetes'
    own pace. ``polling`` and ``cooldown`` are seconds, and KEDA's.
    """

    min: int
    max: int
    cpu: int = 70
    memory: int = 0
    metrics: tuple[Metric, ...] = ()
    up: Pace | None = None
    down: Pace = DOWN
    triggers: tuple[Trigger, ...] = ()
    polling: int = 30
    cooldown: int = 300
    fallback: Fallback | None = None

    @property
    def autoscaled(self) -> bool:
        """Whether an autoscaler sets the number."""
        return self.max > self.min
