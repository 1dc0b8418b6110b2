"""``health``: one check for all three probes, or one for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.spec.model import Health, Port, Probe
from chartgen.spec.units import text

CHECKS = ("path", "tcp", "grpc", "exec")
"""The ways to check, of which each probe has one."""

SHARED = (*CHECKS, "port", "timeout")
"""Keys that describe one check for all probes when they stand directly in ``health``."""


def health(value: str | Mapping[str, Any] | None, ports: tuple[Port, ...]) -> Health:
    """The three probes.

    With one check for all, liveness is patient (6 x 10 s) so that a slow dependency does not restart every pod, and
    startup waits up to 150 s. Given separately, readiness and startup fall back on the liveness check. What is left
    falls back on whether the port accepts connections, never on the readiness check, which may depend on other
    services; a workload without a TCP port is left without.
    """
    given: Mapping[str, Any] = {"path": value} if isinstance(value, str) else value or {}
    connects = _connects(ports)
    if any(key in given for key in SHARED):
        live = ready = start = {key: given[key] for key in SHARED if key in given}
    else:
        live = _check(given.get("liveness")) or connects
        ready = _check(given.get("readiness")) or _bare(live)
        start = _check(given.get("startup")) or _bare(live)
    return Health(
        startup=_probe(start, ports, period=5, failures=30),
        readiness=_probe(ready, ports, period=10, failures=3),
        liveness=_probe(live, ports, period=10, failures=6),
    )


def port_name(value: str | int | None, ports: tuple[Port, ...]) -> str:
    """The name of the port that is meant; without a value ``http``, else the first one, else ``""``.

    A number that is no port of the workload stays a number, as text.
    """
    if value is None:
        return next((p.name for p in ports if p.name == "http"), ports[0].name if ports else "")
    if isinstance(value, str):
        return value
    return next((p.name for p in ports if p.port == value), str(int(value)))


def _connects(ports: tuple[Port, ...]) -> dict[str, Any]:
    """The check that needs no word from the user: the main port, or the first one that speaks TCP, is open."""
    name = next((p.name for p in ports if p.name == "http" and p.protocol == "TCP"), "")
    name = name or next((p.name for p in ports if p.protocol == "TCP"), "")
    return {"tcp": True, "port": name} if name else {}


def _check(value: str | Mapping[str, Any] | None) -> dict[str, Any]:
    if value is None:
        return {}
    return {"path": value} if isinstance(value, str) else dict(value)


def _bare(check: Mapping[str, Any]) -> dict[str, Any]:
    return {key: check[key] for key in SHARED if key in check}


def _probe(check: Mapping[str, Any], ports: tuple[Port, ...], *, period: int, failures: int) -> Probe | None:
    if not check:
        return None
    kind = next((key for key in ("exec", "grpc", "tcp") if key in check), "http")
    return Probe(
        kind=kind,
        path=check.get("path", "/") if kind == "http" else "",
        port="" if kind == "exec" else port_name(check.get("port"), ports),
        command=tuple(map(text, check.get("exec", ()))),
        period=int(check.get("period", period)),
        timeout=int(check.get("timeout", 3)),
        failures=int(check.get("failures", failures)),
    )
