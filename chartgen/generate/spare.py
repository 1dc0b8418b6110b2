"""What the scenario in which everything is switched on adds, called as nothing of the spec is called."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from typing import Any

from chartgen.generate.view import WorkloadView
from chartgen.spec.model import AppSpec


def spare(wanted: str, taken: Collection[str], *, joint: str = "-") -> str:
    """The name that is wanted, with a number behind it where it is taken.

    >>> spare("cache", {"cache", "cache-2"})
    'cache-3'
    """
    return wanted if wanted not in taken else next(n for i in count(2) if (n := f"{wanted}{joint}{i}") not in taken)


def variable(w: WorkloadView) -> str:
    """The name of a variable beside those of a workload."""
    return spare("EXTRA", {e.name for e in w.env}, joint="_")


def volume(w: WorkloadView) -> tuple[str, str]:
    """The name of a volume beside those of a workload, and where it can be mounted."""
    names = {view.name for view in w.volumes} | {mount.volume for mount in w.mounts}
    paths = {view.volume.path for view in w.volumes} | {mount.path for mount in w.mounts}
    if w.files:
        names |= {one.name for one in w.files.volumes}
        paths |= {one.path for one in w.files.mounts}
    return spare("cache", names), spare("/var/cache/app", paths)


def objects(spec: AppSpec) -> dict[str, Any]:
    """One object that is printed as it is, and one that is a template, beside those of a spec."""
    names = {str((manifest.get("metadata") or {}).get("name")) for manifest in spec.extra.values()}
    plain = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": spare("extra", names)},
        "data": {"text": "{{ verbatim }}"},
    }
    template = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-extra\n"
        "data:\n  release: {{ .Release.Name }}\n"
    )
    return {spare("mapping", spec.extra): plain, spare("template", spec.extra): template}
