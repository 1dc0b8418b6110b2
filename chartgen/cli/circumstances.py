"""What the options of the commands that render become: values, and the circumstances of a render."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chartgen.cli.kubernetes import kube_versions
from chartgen.cli.terminal import read_input
from chartgen.errors import CannotDo
from chartgen.location import Location

if TYPE_CHECKING:
    from chartgen.engine.api import Options
    from chartgen.lint.scenarios import GivenValues


def render_options(kube_version: str | None, api_versions: Sequence[str], namespace: str, release: str) -> Options:
    """The circumstances of every render of a run. Raises CannotDo for what no cluster and no Helm would take."""
    from chartgen.engine.api import KUBE_VERSION, Options
    from chartgen.kube.access import is_dns_label

    (version, *others) = kube_versions([kube_version]) if kube_version else (KUBE_VERSION,)
    if others:
        raise CannotDo("there can be only one Kubernetes version here", hint="'chartgen lint' takes several")
    for name, longest, option in ((namespace, 63, "--namespace"), (release, 53, "--release-name")):
        if not is_dns_label(name) or len(name) > longest:
            raise CannotDo(
                f"{name!r} is not a name for {option}",
                hint=f"use at most {longest} lower-case letters, digits and '-', with a letter or digit at both ends",
            )
    return Options(release, namespace, version, tuple(api_versions))


def given_values(files: Sequence[str]) -> tuple[GivenValues, ...]:
    """The values files the user named, in order; ``-`` is standard input. Raises CannotDo."""
    if not files:
        return ()
    from chartgen.lint.scenarios import GivenValues

    return tuple(GivenValues(file, _mapping(file)) for file in files)


def _mapping(file: str) -> dict[str, object]:
    from chartgen.yamlread import read
    from chartgen.yamlscalar import YamlError

    text = read_input(file).decode("utf-8-sig", "replace")
    try:
        data = read(text).data
    except YamlError as error:
        raise CannotDo(error.message, location=Location(file, error.line, error.column)) from None
    if data is not None and not isinstance(data, dict):
        raise CannotDo("a values file holds a mapping, this is something else", location=Location(file, 1, 1))
    return data or {}
