"""The judgement about named templates of a library that do something else."""

import re
from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.defines import Define
from chartgen.judgements._words import CONTEXT
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.templates._defines import at

_COMMENT = re.compile(r"\{\{-?\s*/\*.*?\*/\s*-?\}\}", re.DOTALL)


class LibraryTemplateChanged(ChartJudgement):
    """A named template of a library chart is another, or asks for more than it did.

    ## Why
    What charts render that include it may change; bitnami/common 2.0.0 let its image template print digests. A key that
    it requires of what it is handed breaks them for certain, and one that it does not read any more is ignored. What
    the text alone does not tell is called likely.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    type: library
    ```
    ```yaml
    # templates/_image.tpl
    {{- define "example.image" -}}{{ .image.repository }}:{{ .image.tag }}{{- end }} # here
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    type: library
    ```
    ```yaml
    # templates/_image.tpl
    {{- define "example.image" -}}{{ required "registry" .registry }}/{{ .image.repository }}{{- end }} # here
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    type: library
    ```
    ```yaml
    # templates/_image.tpl
    {{- define "example.image" -}}{{/* The image. */}}{{ .image.repository }}:{{ .image.tag }}{{- end }}
    ```

    ## Before: another name
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    type: library
    ```
    ```yaml
    # templates/_labels.tpl
    {{- define "example.labels" -}}app: {{ .component }}{{- end }} # here
    ```

    ## After: another name
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    type: library
    ```
    ```yaml
    # templates/_labels.tpl
    {{- define "example.labels" -}}app: {{ .name }}{{- end }} # here
    ```
    """

    id = "library-template-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    advice = "render the charts that include it before and after"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at both definitions."""
        if not both.old.is_library:
            return
        for old, new in both.defines:
            if old is None or new is None or old.name != new.name or _plain(old) == _plain(new):
                continue
            asked = sorted(key for key in new.keys - old.keys if _requires(new, key))
            if asked:
                keys = ", ".join(key.removeprefix(".") for key in asked)
                yield self.verdict(
                    f"the named template {new.name!r} requires {keys}",
                    old=at(old),
                    new=at(new),
                    level=Level.MAJOR,
                    certainty=Certainty.DEFINITE,
                    hurts="every chart that includes it: it does not render any more",
                    advice="hand it what it requires",
                )
            elif lost := _lost(old, new):
                yield self.verdict(
                    f"the named template {new.name!r} does not read {lost} any more",
                    old=at(old),
                    new=at(new),
                    level=Level.MAJOR,
                    hurts="every chart that hands it over: what it says is ignored",
                    advice="hand over what the template reads now",
                )
            else:
                yield self.verdict(f"the named template {new.name!r} is another", old=at(old), new=at(new))


def _plain(define: Define) -> str:
    return "".join(_COMMENT.sub("", define.body).split())


_HANDED_ON = re.compile(r"[\s(][.$](?=[\s)}])")
"""All that a template was handed, given to another one or to a function."""


def _lost(old: Define, new: Define) -> str:
    """The keys that were read of what the template is handed, and are not now; nothing where all of it is handed on."""
    if _HANDED_ON.search(new.body):
        return ""
    return ", ".join(sorted(key for one in old.keys - new.keys if (key := one.removeprefix(".")) not in CONTEXT))


def _requires(define: Define, key: str) -> bool:
    field = re.escape(key if key.startswith(".") else f"$.{key}")
    return re.search(rf"\brequired\s+(?:\"[^\"]*\"|\([^)]*\))\s+{field}\b", define.body) is not None
