"""The judgement about values that do something else than they did."""

from collections.abc import Container, Iterator, Mapping
from typing import Any

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.fields import FieldChange
from chartgen.compare.keys import lookup
from chartgen.compare.normal import embedded, secret_text
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_values, named

_NAMES = ("nameOverride", "fullnameOverride")
"""What they do is to rename objects, which is told of those."""


class ValuesEffectChanged(ChartJudgement):
    """What users set with a value is used otherwise, or in another place.

    ## Why
    The key is there, and still read, and nothing differs for those who leave it alone: whoever sets it gets something
    else. A password is encoded that users had encoded themselves, further settings go into a section of their own,
    variables to another container. Values that are empty by default are set on both sides where templates read them
    otherwise. What has only left one of several objects is a minor step: it hardly belonged there.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      web.yaml: |
        level: info
        {{- with .Values.extraConfig }}
        {{- toYaml . | nindent 4 }}
        {{- end }}
    ```
    ```yaml
    # values.yaml
    extraConfig: {} # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      web.yaml: |
        level: info
        {{- with .Values.extraConfig }}
        server:
          {{- toYaml . | nindent 6 }}
        {{- end }}
    ```
    ```yaml
    # values.yaml
    extraConfig: {} # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      web.yaml: |
        {{- if .Values.extraConfig }}
        {{- .Values.extraConfig | toYaml | nindent 4 }}
        {{- end }}
        level: info
    ```
    ```yaml
    # values.yaml
    extraConfig: {}
    ```

    ## Before: a password is encoded
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    data:
      password: {{ .Values.password }}
    ```
    ```yaml
    # values.yaml
    password: "" # here
    ```

    ## After: a password is encoded
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    data:
      password: {{ .Values.password | b64enc }}
    ```
    ```yaml
    # values.yaml
    password: "" # here
    ```

    ## Before: a script
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: "web:1.0"
          args: ["web {{ .Values.extraFlags }}"]
    ```
    ```yaml
    # values.yaml
    extraFlags: "" # here
    ```

    ## After: a script
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: "web:1.0"
          args: ["web --flags={{ .Values.extraFlags }}"]
    ```
    ```yaml
    # values.yaml
    extraFlags: "" # here
    ```

    ## Not this: a script
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: "web:1.0"
          args: ["web --check && web {{ .Values.extraFlags }} --quiet"]
    ```
    ```yaml
    # values.yaml
    extraFlags: ""
    ```

    ## Before: a container that stood twice
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      initContainers:
        {{- with .Values.initContainers }}
        {{- toYaml . | nindent 4 }}
        {{- end }}
        - name: wait
          image: "web:1.0"
        {{- with .Values.initContainers }}
        {{- toYaml . | nindent 4 }}
        {{- end }}
      containers:
        - name: web
          image: "web:1.0"
    ```
    ```yaml
    # values.yaml
    initContainers: []
    ```

    ## Not this: a container that stood twice
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      initContainers:
        - name: wait
          image: "web:1.0"
        {{- with .Values.initContainers }}
        {{- toYaml . | nindent 4 }}
        {{- end }}
      containers:
        - name: web
          image: "web:1.0"
    ```
    ```yaml
    # values.yaml
    initContainers: []
    ```
    """

    id = "values-effect-changed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever sets it"
    advice = "tell what it does now, and how to write what is set"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the value on both sides."""
        for scenario in both.scenarios:
            parts = scenario.turned[-1] if scenario.sample else ()
            if not parts or parts[-1] in _NAMES:
                continue
            found = list(_otherwise(scenario))
            if found:
                pair, change = found[0]
                kept = _is_kept(scenario, {one.ref for one, _ in found})
                listed = lookup(both.new.values, parts) is not ABSENT
                where = f"{pair.new.ref} ({change.dotted})"
                yield self.verdict(
                    f"what is set as {named(parts)} is used otherwise in {where}",
                    old=in_values(both.old, parts),
                    new=in_values(both.new, parts) if listed else None,
                    level=Level.MINOR if kept else None,
                )


def _otherwise(scenario: ScenarioComparison) -> Iterator[tuple[ObjectPair, FieldChange]]:
    """The fields in which what was set is not what it was."""
    sample, told = scenario.sample, scenario.base.applied if scenario.base else {}
    for pair in (*scenario.pairs, *scenario.renamed):
        changing = {one.path for one in told.get((pair.old.kind, pair.old.namespace, pair.old.name), ())}
        for change in pair.changes if scenario.is_new(pair) else ():
            beside = _beside(change, pair, sample)
            if change.path in changing and (sample in str(change.after) or (change.after is ABSENT and not beside)):
                continue  # the field, or something else in it, is another for everybody
            if _is_lost(change, sample, pair.kind) and not any(_words(change.before, sample) <= one for one in beside):
                yield pair, change


def _beside(change: FieldChange, pair: ObjectPair, sample: str) -> list[frozenset[str]]:
    """The words with what was set of the texts that took the place of one of a list, or of a map."""
    if change.after is not ABSENT or not isinstance(change.before, str):
        return []
    texts = (str(one.after) for one in pair.changes if one.path[:-1] == change.path[:-1] and one.before is ABSENT)
    return [words for text in texts if (words := _words(text, sample))]


def _is_kept(scenario: ScenarioComparison, lost: Container[str]) -> bool:
    """Whether what was set is still in other objects, as it was."""
    return any(pair.ref not in lost and scenario.sample in str(pair.old.body) for pair in scenario.pairs)


def _is_lost(change: FieldChange, sample: str, kind: str) -> bool:
    """Whether something that was set is gone from a field, or stands in another place of it."""
    before, after = change.before, change.after
    if kind == "Secret" and sample not in str(before) and (plain := secret_text(before)) is not None:
        before, after = plain, ABSENT if after is ABSENT else secret_text(after) or ""
    if before is ABSENT or sample not in str(before) or "map[" in str(before):  # it was not meant to be a map
        return False
    if isinstance(before, list) and isinstance(after, list):
        return any(sample in str(one) and one not in after for one in before)
    if after is ABSENT or not isinstance(before, str):
        return True
    first, second = embedded(before), embedded(after)
    if first is not None and second is not None:
        return not set(_places(first, sample)) <= set(_places(second, sample))
    return not _words(before, sample) <= _words(str(after), sample)


def _places(data: Any, sample: str, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where a text stands in data, as a key or as a value."""
    if isinstance(data, Mapping | list):
        for key, value in data.items() if isinstance(data, Mapping) else (("[]", one) for one in data):
            if sample in str(key):
                yield (*at, str(key))
            yield from _places(value, sample, (*at, str(key)))
    elif sample in str(data):
        yield at


def _words(text: str, sample: str) -> frozenset[str]:
    """The words of a text in which a sample is, without quotes."""
    return frozenset(_bare(word) for word in text.split() if sample in word)


def _bare(word: str) -> str:
    return word.strip("'\",;")
