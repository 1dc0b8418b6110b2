"""The judgement about security contexts in values.yaml that are stricter, of what is not rendered by default."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import lookup
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.objects._security import Step, steps, told
from chartgen.judgements.values._places import common_maps, in_values, named
from chartgen.kube.access import pod_spec
from chartgen.templates.abstract import Parts


class SecurityDefaultTightened(ChartJudgement):
    """A security context is stricter by default, of something that is not rendered unless it is asked for.

    ## Why
    Where the default values render the containers, they are compared there. bitnami/kibana 11.0.0 made the root file
    system read-only, and renders no container until somebody says where Elasticsearch is: everyone who runs it does.

    ## Before
    ```yaml
    {{- if .Values.hosts }}
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: "web:1.0"
          securityContext: {{- toYaml .Values.securityContext | nindent 12 }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    hosts: []
    securityContext: # here
      runAsNonRoot: true
      readOnlyRootFilesystem: false
    ```

    ## After
    ```yaml
    {{- if .Values.hosts }}
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: "web:1.0"
          securityContext: {{- toYaml .Values.securityContext | nindent 12 }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    hosts: []
    securityContext: # here
      runAsNonRoot: true
      readOnlyRootFilesystem: true
    ```

    ## Not this
    ```yaml
    {{- if .Values.hosts }}
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: "web:1.0"
          securityContext: {{- toYaml .Values.securityContext | nindent 12 }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    hosts: []
    securityContext:
      runAsNonRoot: false
      readOnlyRootFilesystem: false
    ```
    """

    id = "security-default-tightened"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those with images, volumes or scripts that need what is taken away"
    advice = "tell how to set the old securityContext, and how to give volumes to the new user"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the map of values."""
        rendered: frozenset[str] | None = None
        for parts, before, after in _contexts(both):
            if before == after or not both.values.new.reads(parts):
                continue
            if rendered is None:
                rendered = frozenset(_rendered(both))
            found = [step for step in _steps(before, after) if step.is_stricter and step.field not in rendered]
            if found:
                yield self.verdict(
                    f"{named(parts)} restricts more by default ({told(found)})",
                    old=in_values(both.old, parts),
                    new=in_values(both.new, parts),
                    level=None if any(step.is_large for step in found) else Level.MINOR,
                )


def _contexts(both: Comparison) -> Iterator[tuple[Parts, Any, Any]]:
    """The security contexts that are in the values of both charts, and not within others."""
    for parts in common_maps(both.old.values, both.new.values):
        *around, last = (part.lower().endswith("securitycontext") for part in parts)
        if last and not any(around):
            yield parts, lookup(both.old.values, parts), lookup(both.new.values, parts)


def _steps(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Step]:
    """What is stricter or looser in a pod whose container, and which itself, has one security context."""
    pods = []
    for context in (before, after):
        contained = {"name": "container", "securityContext": context}
        pods.append(pod_spec("Pod", {"spec": {"securityContext": context, "containers": [contained]}}))
    old, new = pods
    if old is not None and new is not None:
        yield from steps(old, new)


def _rendered(both: Comparison) -> Iterator[str]:
    """The settings that are stricter in an object that both charts render, where they are judged."""
    for scenario in both.scenarios:
        for pair in (*scenario.pairs, *scenario.renamed):
            old, new = pod_spec(pair.old.kind, pair.old.body), pod_spec(pair.kind, pair.new.body)
            if pair.applied and old is not None and new is not None:
                yield from (step.field for step in steps(old, new) if step.is_stricter)
