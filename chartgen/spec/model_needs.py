"""What an application needs beside itself, as values: databases, caches, queues, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from chartgen.spec.model_process import Resources
from chartgen.spec.model_traffic import Peer


class Fact(StrEnum):
    """What a workload is told about a need."""

    HOST = "host"
    PORT = "port"
    ADDRESS = "address"
    DATABASE = "database"
    USERNAME = "username"
    PASSWORD = "password"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Operated:
    """A cluster that an operator runs: an ``existing`` one by its name, or one that the chart makes.

    The rest is about one that is made: the number of servers, the volume (no size: the chart never makes one) and the
    resources of each. An empty ``version`` is the operator's choice.
    """

    existing: str = ""
    instances: int = 3
    storage: str = ""
    storage_class: str = ""
    version: str = ""
    resources: Resources = field(default_factory=lambda: Resources({}, {}))


@dataclass(frozen=True, slots=True)
class Subchart:
    """A chart that the chart depends on, in exactly one ``version``.

    ``alias`` is what it is called here: the key of its values, and the beginning of its objects' names behind that of
    the release; ``suffix`` ends the name of the Service to connect to. Where it is not ``enabled`` something else takes
    its place.
    """

    name: str
    repository: str
    version: str
    alias: str
    suffix: str = ""
    enabled: bool = True
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """Something a workload connects to. At most one of ``operator`` and ``chart`` is set; without both it is outside.

    ``host`` is empty where the Secret or the chart it comes from tells it. ``secret`` is an existing Secret and
    ``secret_keys`` what is in it, by fact. ``peers`` are where it runs, for NetworkPolicies (none: anywhere). ``env``
    maps variables to facts.
    """

    name: str
    kind: str
    host: str = ""
    port: int = 0
    database: str = ""
    secret: str = ""
    secret_keys: Mapping[Fact, str] = field(default_factory=dict)
    peers: tuple[Peer, ...] = ()
    env: Mapping[str, Fact] = field(default_factory=dict)
    operator: Operated | None = None
    chart: Subchart | None = None

    @property
    def made(self) -> bool:
        """Whether it comes with the release, so that it is not there before the release is."""
        return bool((self.operator and not self.operator.existing) or (self.chart and self.chart.enabled))
