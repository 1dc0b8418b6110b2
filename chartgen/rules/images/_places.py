"""Where an image comes from."""

from __future__ import annotations

from fnmatch import fnmatchcase

from chartgen.kube.access import Image


def full_name(image: Image) -> str:
    """An image's repository with its registry, as container runtimes complete it.

    >>> full_name(Image.parse("nginx:1.29")), full_name(Image.parse("index.docker.io/grafana/grafana"))
    ('docker.io/library/nginx', 'docker.io/grafana/grafana')
    """
    name = (
        image.repository.removeprefix("index.") if image.repository.startswith("index.docker.io/") else image.repository
    )
    first, slash, _ = name.partition("/")
    if slash and ("." in first or ":" in first or first == "localhost"):
        return name
    return f"docker.io/{name}" if slash else f"docker.io/library/{name}"


def is_from(image: Image, places: tuple[str, ...]) -> bool:
    """Whether an image is, or lies below, one of some places: patterns as in a shell for what ``full_name`` gives."""
    name = full_name(image)
    return any(fnmatchcase(name, place) or fnmatchcase(name, place.rstrip("/") + "/*") for place in places)
