"""For which Kubernetes a chart is rendered, and for which releases each rendering is judged.

- ``--kube-version`` names several: every scenario is rendered for each of them, the newest first. A chart that does
  not ask ``.Capabilities`` renders the same for all that its ``kubeVersion`` allows, so one rendering stands for them.
- It names one: that is what a rendering is judged for.
- It is not given: the rendering is judged for all carried releases that ``kubeVersion`` allows, or for the recent ones
  where it says nothing; but a chart that asks ``.Capabilities`` might render something else for others, so it is
  judged for the one it was rendered for.

A cluster answers ``.Capabilities.APIVersions.Has "policy/v1/PodDisruptionBudget"`` with yes, Helm without a cluster
knows no kinds; so those of Kubernetes' own that a chart asks for are given to it, as far as that version serves them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from chartgen.chart.model import Chart
from chartgen.engine.api import Options
from chartgen.kube.releases import CARRIED, minor_version, releases, supported
from chartgen.kube.schemas import is_builtin
from chartgen.tuples import NamedTuple
from chartgen.version import Range, kubernetes

_ASKS = rb"\bCapabilities\b(?:\.APIVersions\.Has\s+\(?\s*[\"`]([^\"`]*)[\"`])?"

_KIND = r"(?:[a-z0-9.-]+/)?v[0-9]\w*/[A-Z]\w*"


class Round(NamedTuple):
    """One way of rendering a chart: for ``kube_version``, judged for ``versions``. ``label`` tells rounds apart.

    ``apis`` are the kinds of Kubernetes' own that the chart asks for and this version serves.
    """

    kube_version: str
    versions: int
    label: str = ""
    apis: tuple[str, ...] = ()


def rounds(chart: Chart, options: Options, asked: Sequence[str] = ()) -> tuple[Round, ...]:
    """The rounds of a chart, at least one. ``asked`` are the versions the user named, if any."""
    found = _rounds(chart, options, asked)
    kinds = _kinds(chart)
    return tuple(one._replace(apis=_served(kinds, one.kube_version)) for one in found) if kinds else found


def _kinds(chart: Chart) -> tuple[str, ...]:
    """The kinds of Kubernetes' own that templates ask for: ``policy/v1/PodDisruptionBudget``."""
    return tuple(sorted({api for api in _asked(chart) if re.fullmatch(_KIND, api)}))


def _served(kinds: tuple[str, ...], version: str) -> tuple[str, ...]:
    from chartgen.kube.apis import answers  # few charts ask for any

    return tuple(one for one in kinds if answers(one, version))


def _rounds(chart: Chart, options: Options, asked: Sequence[str]) -> tuple[Round, ...]:
    own = releases(filter(None, [minor_version(options.kube_version)]))
    if not asked:
        wide = supported(chart.metadata) if own & CARRIED and not asks_for_version(chart) else own
        return (Round(options.kube_version, wide or own),)
    if len(asked) == 1:
        return (Round(asked[0], own),)
    newest_first = sorted(dict.fromkeys(asked), key=lambda version: kubernetes(version), reverse=True)
    alike = [] if asks_for_version(chart) else [one for one in newest_first if _is_allowed(one, chart.metadata)]
    found: list[Round] = []
    for version in newest_first:
        if version in alike[1:]:
            continue
        together = alike if version in alike else [version]
        mask = releases(minor for one in together if (minor := minor_version(one)) is not None)
        found.append(Round(version, mask, f"on {_short(version)}" if found else ""))
    return tuple(found)


def asks_for_version(chart: Chart) -> bool:
    """Whether a template of the chart, or of a chart in it, may render something else for another Kubernetes.

    Asking whether the cluster serves a custom resource is no such thing. A packaged subchart might.
    """
    return any(path.endswith(".tgz") for path in chart.files) or next(_asked(chart), None) is not None


def _asked(chart: Chart) -> Iterator[str]:
    """What of Kubernetes' own templates ask ``.Capabilities`` for; ``""`` where that is no API written out."""
    for path, content in chart.files.items():
        if b"Capabilities" in content and not path.endswith(".md"):
            for match in re.finditer(_ASKS, content):
                api = (match[1] or b"").decode("utf-8", "replace")
                if match[1] is None or is_builtin(_group(api)):
                    yield api


def _group(api: str) -> str:
    """The group in ``group/version`` or ``group/version/Kind``."""
    parts = api.split("/")
    return parts[0] if len(parts) > 1 and not re.fullmatch(r"v[0-9]\w*", parts[0]) else ""


def _is_allowed(version: str, metadata: Any) -> bool:
    wanted = metadata.get("kubeVersion")
    if not isinstance(wanted, str) or not wanted:
        return True
    try:
        return kubernetes(version) in Range(wanted)
    except ValueError:
        return False


def _short(version: str) -> str:
    """A version as people say it: without a patch of 0."""
    return version.removesuffix(".0") if version.count(".") == 2 else version
