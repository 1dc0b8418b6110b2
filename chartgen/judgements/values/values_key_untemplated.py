"""The judgement about values that are templates no more."""

import re
from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import lookup
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_template, in_values, named
from chartgen.judgements.values._templated import newly_templated

_PLAIN = r"(?i)(?:securityContext|resources|(?:liveness|readiness|startup)Probe|strategy)\Z"
"""Names of maps whose fields Kubernetes takes numbers, switches and its own words for."""


class ValuesKeyUntemplated(ChartJudgement):
    """A value that was rendered as a template is used as it stands.

    ## Why
    Users who wrote ``{{ .Release.Name }}`` into it get just that text. argocd-apps 1.0.0 did so on purpose, vault
    0.29.0 by mistake: "Template support in server config stopped working". A minor version is enough for fields that
    take numbers and switches only, in which nobody writes a template: resources, probes, security contexts.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      config: {{ tpl .Values.config . | quote }}
    ```
    ```yaml
    # values.yaml
    config: "name = {{ .Release.Name }}" # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      config: {{ .Values.config | quote }}
    ```
    ```yaml
    # values.yaml
    config: "name = web" # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      config: {{ tpl .Values.config $ | trim | quote }}
    ```
    ```yaml
    # values.yaml
    config: "name = {{ .Release.Name }}"
    ```

    ## Before: numbers and switches
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: "web:1.0"
          securityContext: {{- tpl (toYaml .Values.securityContext) . | nindent 12 }}
    ```
    ```yaml
    # values.yaml
    securityContext: # here
      runAsNonRoot: true
    ```

    ## After: numbers and switches
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: "web:1.0"
          securityContext: {{- toYaml .Values.securityContext | nindent 12 }}
    ```
    ```yaml
    # values.yaml
    securityContext: # here
      runAsNonRoot: true
    ```
    """

    id = "values-key-untemplated"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever has a template in what they set: it is not expanded any more"
    advice = "write out what the template gave"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the key, or where there is none at the template that read it."""
        if not both.values.is_certain:
            return
        for parts in newly_templated(both.new, both.old, both.values.new, both.values.old):
            listed = lookup(both.old.values, parts) is not ABSENT
            is_plain = re.search(_PLAIN, parts[-1]) is not None
            yield self.verdict(
                f"{named(parts)} is not rendered as a template any more",
                old=in_values(both.old, parts) if listed else in_template(both.old, parts),
                new=in_values(both.new, parts) if listed else None,
                level=Level.MINOR if is_plain else None,
                hurts="hardly anybody: it takes numbers and switches" if is_plain else "",
            )
