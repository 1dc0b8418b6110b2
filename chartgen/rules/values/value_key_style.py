"""Names of values that are awkward to use."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.reading import analysis, beginnings, dotted
from chartgen.templates.abstract import Parts
from chartgen.tuples import NamedTuple

_CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*(?:_[0-9][a-zA-Z0-9]*)*|[A-Z][A-Z0-9_]*")
"""Or the name of an environment variable."""


class Options(NamedTuple):
    """Names that are fine as they are."""

    allow: tuple[str, ...] = ()


class ValueKeyStyle(ChartRule):
    """A value is not named in camelCase.

    ## Why
    Helm's guide asks for `camelCase`. A dash cannot stand in `.Values.some-key` (it takes `index`), a dot in a key
    cannot be told from a level for `--set`, and a capital looks like one of Helm's own objects. Only keys that the
    templates name are meant, not those in maps that are printed as they are, the names of subcharts, or those of
    environment variables, which are in capitals as a rule, and anything in a map called `env`.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      level: {{ index .Values "log-level" | quote }}
    ```
    ```yaml
    # values.yaml
    log-level: info # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      level: {{ .Values.logLevel | quote }}
    ```
    ```yaml
    # values.yaml
    logLevel: info
    ```

    ## Good: a variable that is not in capitals
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      http_proxy: {{ .Values.env.http_proxy | quote }}
    ```
    ```yaml
    # values.yaml
    env:
      http_proxy: http://proxy:3128
    ```

    ## Options
    - `allow` (default none): keys that may be named as they are.

    ## Good: what a program reads is named as the program wants it
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      config.yaml: {{ .Values.config | toYaml | quote }}
      port: {{ .Values.config.server.http_listen_port | quote }}
    ```
    ```yaml
    # values.yaml
    config:
      server:
        http_listen_port: 3100
    ```
    """

    id = "value-key-style"
    severity = Severity.INFO
    profile = Profile.STRICT
    options: Options = Options()

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at each key of values.yaml that a template asks for by its name."""
        found = analysis(ctx)
        subcharts = {one.prefix for one in found.family.instances} | found.family.vague
        named = beginnings(found.reads.own)
        for parts in _keys(ctx.data("values.yaml"), ()):
            key = parts[-1]
            if (
                parts in named
                and parts not in subcharts
                and not _CAMEL.fullmatch(key)
                and parts[-2:-1] != ("env",)
                and not any(parts[:length] in found.reads.whole for length in range(1, len(parts)))
                and key not in self.options.allow
            ):
                yield self.fault(
                    Place.in_file(ctx.locate("values.yaml", Pointer(parts), key=True)),
                    f"{dotted(parts)} is not named in camelCase",
                    help=f"call it {_camel(key)!r} in the next major version, or allow it",
                )


def _keys(values: Any, at: Parts) -> Iterator[Parts]:
    for key, value in values.items() if isinstance(values, Mapping) else ():
        yield (*at, key)
        yield from _keys(value, (*at, key))


def _camel(key: str) -> str:
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", key)
    return "".join(
        word.lower() if not index else word[0].upper() + word[1:].lower() for index, word in enumerate(words)
    )
