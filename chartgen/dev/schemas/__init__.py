"""Derives the schemas that chartgen ships from what others publish: ``python -m chartgen.dev kube-schemas``."""

from __future__ import annotations

from pathlib import Path

DATA = Path("chartgen", "kube", "data")


def write(root: Path, work: Path | None) -> list[str]:
    """Write the data files of Kubernetes' own kinds and, given a folder to work in, those of custom resources.

    Returns what was written, relative to ``root``. Raises CannotDo for a tool or package that is not there.
    """
    from chartgen.dev.schemas.kubernetes import kubernetes

    files = {"kubernetes.gz": kubernetes()}
    if work is not None:
        from chartgen.dev.schemas.argo import models
        from chartgen.dev.schemas.crds import from_modules, packed

        files |= {f"crds/{name}": content for name, content in packed(list(from_modules(work)), models()).items()}
        for old in sorted((root / DATA / "crds").glob("*.gz")):
            if f"crds/{old.name}" not in files:
                old.unlink()
    for name, content in files.items():
        path = root / DATA / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return [str(DATA / name) for name in files]


def is_stale(root: Path) -> bool:
    """Whether the data of Kubernetes' own kinds is not what the installed ``kubernetes-validate`` gives."""
    from chartgen.dev.schemas.kubernetes import kubernetes

    return (root / DATA / "kubernetes.gz").read_bytes() != kubernetes()
