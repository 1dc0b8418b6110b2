"""What Helm's command refuses and its library lets pass: the checks around a render, in Helm's words."""

from __future__ import annotations

from typing import Any

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure, Options
from chartgen.errors import CannotDo
from chartgen.version import Range, kubernetes


def check_options(options: Options) -> None:
    """Raise CannotDo for circumstances no chart could be rendered under."""
    try:
        kubernetes(options.kube_version)
    except ValueError as error:
        raise CannotDo(str(error), hint="give it as in 1.34 or v1.34.2") from None


def constraint(chart: Chart, options: Options) -> Failure | None:
    """Why Helm would not install this chart whatever the values; None when it would try.

    A broken Chart.yaml is left to the render, which says what is wrong with it.
    """
    data = chart.metadata
    message = (
        _api_version(data.get("apiVersion"))
        or _type(data.get("type"))
        or _kube_version(data.get("kubeVersion"), options.kube_version)
    )
    return Failure("constraint", message, "Chart.yaml") if message else None


def _api_version(value: Any) -> str | None:
    if value in (None, "", "v1", "v2") or not isinstance(value, str):
        return None
    return "invalid chart apiVersion" if value == "v3" else "unsupported chart version"


def _type(value: Any) -> str | None:
    return "library charts are not installable" if value == "library" else None


def _kube_version(wanted: Any, given: str) -> str | None:
    if not wanted or not isinstance(wanted, str):
        return None
    try:
        fits = kubernetes(given) in Range(wanted)
    except ValueError:
        fits = False  # Helm says no more than this either
    shown = f"v{given.removeprefix('v')}"
    return None if fits else f"chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {shown}"
