"""Secrets that the chart itself brings about: from a store through an ExternalSecret, or from values given at install.

A chart holds no secret value and draws none by lot. What stands in ``secretValues`` is empty until somebody installs
the chart, and as long as it is, the pods use a Secret that exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from chartgen.generate import names
from chartgen.spec.model import AppSpec, ExternalSecret, Workload


@dataclass(frozen=True, slots=True)
class SecretKey:
    """One key of a Secret, and its setting in ``secretValues``."""

    name: str
    setting: str


class Owner(Protocol):
    """Whose Secret it is: a workload."""

    @property
    def name(self) -> str:
        """The workload's name."""


@dataclass(frozen=True, slots=True)
class MadeSecret:
    """A Secret of the chart: its ``name`` in the spec, its ``key`` in values, the ``keys`` that are asked of it.

    ``external`` is None for one whose values are given at install. ``whole`` when all that is in the store is wanted.
    """

    name: str
    key: str
    external: ExternalSecret | None
    keys: tuple[SecretKey, ...]
    whole: bool

    def suffix(self, w: Owner | None) -> str:
        """The end of its name, for the release or for a Job of its own; Helm's names have no dots."""
        name = self.name.replace(".", "-")
        return name if w is None else f"{w.name}-{name}"

    def room(self, w: Owner | None) -> int:
        """How much that leaves for its beginning of the 63 characters that fit everywhere, or of a Secret's 253."""
        suffix = len(self.suffix(w))
        return 62 - suffix if suffix < 40 else min(57, 252 - suffix)


def made_secrets(spec: AppSpec) -> tuple[MadeSecret, ...]:
    """The Secrets of the chart, in the order in which workloads use them."""
    uses = {use.name: use for w in spec.workloads for use in w.secrets if use.external or use.required}
    keys = names.keys(uses)
    return tuple(
        MadeSecret(
            name=name,
            key=keys[name],
            external=use.external,
            keys=tuple(SecretKey(*pair) for pair in names.settings(_asked(spec, name), "key").items()),
            whole=any(use.name == name and (use.all_env or use.mount) for w in spec.workloads for use in w.secrets),
        )
        for name, use in uses.items()
    )


def used_secrets(w: Workload, secrets: dict[str, str], made: tuple[MadeSecret, ...]) -> dict[str, MadeSecret]:
    """Those of the chart's Secrets that a workload uses, by the settings that name existing ones instead of them.

    ``secrets`` are these settings by the names of Secrets.
    """
    own = {use.name for use in w.secrets if use.external or use.required}
    return {secrets[one.name]: one for one in made if one.name in own}


def _asked(spec: AppSpec, name: str) -> list[str]:
    """The keys of a Secret that variables are made of."""
    asked: dict[str, None] = {}
    for w in spec.workloads:
        asked |= dict.fromkeys(key for use in w.secrets if use.name == name for key in use.env.values())
        every = (*w.env, *(e for container in w.containers for e in container.env))
        asked |= dict.fromkeys(e.key for e in every if e.secret == name)
    return list(asked)
