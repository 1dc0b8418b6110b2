"""The judgement: a setting of the application that values.yaml made is gone from its configuration."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._settings import gone, has_come, set_in_text
from chartgen.judgements.objects._told import counterpart, listed
from chartgen.kube.access import get
from chartgen.location import Pointer


class ConfigurationKeyRemoved(PairJudgement):
    """A setting of the application that values.yaml made is gone from its configuration.

    ## Why
    What it did by default changes, or it has another name now: those who set it in their own values give the
    application a key that it may not know any more. In loki-distributed 0.69.0 ``fifocache`` became ``embedded_cache``,
    argo-cd 9.0.0 left its settings to the application, one of which has another default there. A single one in whose
    place nothing has come was mostly put away because the application does so anyway, and asks for a minor version.
    Variables of scripts are no settings, nor is what a dashboard says of itself.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      app.yaml: | # here
        {{- .Values.config | nindent 4 }}
    ```
    ```yaml
    # values.yaml
    config: |
      server:
        port: 80
      cache:
        fifo: {size: 10}
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      app.yaml: | # here
        {{- .Values.config | nindent 4 }}
    ```
    ```yaml
    # values.yaml
    config: |
      server:
        port: 80
      cache:
        embedded: {size: 10}
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      app.yaml: |
        {{- .Values.config | nindent 4 }}
    ```
    ```yaml
    # values.yaml
    config: |
      server:
        port: 8080
        host: example.com
      cache:
        fifo: {size: 20}
    ```

    ## Before: an entry of its own
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data: {{- toYaml .Values.settings | nindent 2 }} # here
    ```
    ```yaml
    # values.yaml
    settings:
      policy: sync
      level: info
    ```

    ## After: an entry of its own
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data: {{- toYaml .Values.settings | nindent 2 }} # here
    ```
    ```yaml
    # values.yaml
    settings:
      level: info
    ```

    ## Before: neither YAML nor JSON
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      app.properties: | # here
        listen=0.0.0.0
        {{- .Values.config | nindent 4 }}
      start: |
        {{- .Values.start | nindent 4 }}
      dashboard.json: {{ .Values.dashboard | quote }}
    ```
    ```yaml
    # values.yaml
    config: |
      [cache]
      cache.fifo = 10
      log = info
    start: |
      #!/bin/sh
      FOLDER=/data
      exec web -d "$FOLDER"
    dashboard: |
      {"gnetId": 1, "panels": []}
    ```

    ## After: neither YAML nor JSON
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      app.properties: | # here
        bind=0.0.0.0
        {{- .Values.config | nindent 4 }}
      start: |
        {{- .Values.start | nindent 4 }}
      dashboard.json: {{ .Values.dashboard | quote }}
    ```
    ```yaml
    # values.yaml
    config: |
      [cache]
      cache.embedded = 10
      log = info
    start: |
      #!/bin/sh
      FOLDER=/data
      exec web -d "$FOLDER"
    dashboard: |
      {"gnetId": 1, "panels": []}
    ```

    ## Not this: neither YAML nor JSON
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      app.properties: |
        bind=0.0.0.0
        {{- .Values.config | nindent 4 }}
      start: |
        {{- .Values.start | nindent 4 }}
      dashboard.json: {{ .Values.dashboard | quote }}
    ```
    ```yaml
    # values.yaml
    config: |
      [cache]
      cache.fifo = 20
      log = debug
    start: |
      #!/bin/sh
      exec web -d /data
    dashboard: |
      {"uid": "a", "panels": []}
    ```

    ## Before: with a password made at each rendering
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    data:
      app.yaml: {{ tpl .Values.config . | b64enc | quote }} # here
    ```
    ```yaml
    # values.yaml
    config: |
      auth: dummy
      dummy:
        password: {{ randAlphaNum 10 | quote }}
    ```

    ## After: with a password made at each rendering
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    data:
      app.yaml: {{ tpl .Values.config . | b64enc | quote }} # here
    ```
    ```yaml
    # values.yaml
    config: |
      auth: shared
      shared:
        password: {{ randAlphaNum 32 | quote }}
    ```
    """

    id = "configuration-key-removed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those who rely on the setting, or make it in their own values"
    advice = "say what the application does without it, and what it is called now"
    kinds = frozenset({"ConfigMap", "Secret"})
    renamed = True

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at the first entry in which a setting is gone."""
        changed = (*pair.under("data"), *_made_up(pair))
        if not changed:
            return
        if self.id not in both.memory:
            both.memory[self.id] = frozenset(_vanished(both))
        vanished = both.memory[self.id]
        found = [(one, name) for one in changed for name in gone(one, pair.kind, vanished)] if vanished else []
        if found:
            old, new = counterpart(found[0][0], changed)
            names = list(dict.fromkeys(name for _, name in found))
            is_alone = len(names) == 1 and not any(has_come(one, pair.kind) for one in changed)
            yield self.verdict(
                f"{listed(map(repr, names))} {'is' if len(names) == 1 else 'are'} gone, which values.yaml used to set",
                old=At.on(pair.old, old),
                new=At.on(pair.new, new),
                level=Level.MINOR if is_alone else None,
            )


def _made_up(pair: ObjectPair) -> Iterator[FieldChange]:
    """The entries that hold something random: what they set can be compared, if not what they set it to."""
    for path in sorted(pair.unstable):
        if len(path) == 2 and path[0] == "data":
            before, after = (get(obj.body, *path) for obj in (pair.old, pair.new))
            if isinstance(before, str) and isinstance(after, str):
                yield FieldChange(path, Pointer(path), Pointer(path), before, after)


def _vanished(both: Comparison) -> set[str]:
    """The names that values.yaml set, and does not any more; what templates named has judgements of its own."""
    named = {
        name for gone in both.values.removed if gone.use == "named" for name in _set({gone.parts[-1]: gone.before})
    }
    return {*_set(both.old.values)} - {*_set(both.new.values)} - named


def _set(value: Any) -> Iterator[str]:
    """The names of all that values set: keys of maps, and those in texts of several lines."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from _set(item)
    elif isinstance(value, list):
        for item in value:
            yield from _set(item)
    elif isinstance(value, str) and "\n" in value:
        yield from set_in_text(value)
