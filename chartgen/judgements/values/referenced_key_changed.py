"""The judgement about Secrets and ConfigMaps that users bring, of which other keys are asked."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import lookup
from chartgen.compare.objects import ScenarioComparison
from chartgen.engine.objects import RenderedObject
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.objects._told import listed
from chartgen.judgements.values._places import in_values, named
from chartgen.kube.access import get, items, mapping, pod_spec, text


class ReferencedKeyChanged(ChartJudgement):
    """Pods ask for another key of a Secret or ConfigMap that users bring.

    ## Why
    It was written to have the keys that the old chart asked for, and pods that ask for another do not start. Nothing
    shows for those who have the chart make its own. What is empty by default (``existingSecret``) is set on both sides
    where templates read it otherwise, or where something stands behind it that is not the same. A key that is called
    optional is not asked for.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.0"
              {{- with .Values.auth.existingSecret }}
              env:
                - name: PASSWORD
                  valueFrom:
                    secretKeyRef:
                      name: {{ . }}
                      key: password
              {{- end }}
    ```
    ```yaml
    # values.yaml
    auth:
      existingSecret: "" # here
    ```

    ## After
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.0"
              {{- with .Values.auth.existingSecret }}
              env:
                - name: PASSWORD
                  valueFrom:
                    secretKeyRef:
                      name: {{ . }}
                      key: web-password
              {{- end }}
    ```
    ```yaml
    # values.yaml
    auth:
      existingSecret: "" # here
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.0"
              {{- with .Values.auth.existingSecret }}
              env:
                - name: WEB_PASSWORD
                  valueFrom:
                    secretKeyRef:
                      name: {{ . }}
                      key: password
                - name: WEB_USER
                  valueFrom:
                    secretKeyRef:
                      name: {{ . }}
                      key: user
                      optional: true
              {{- end }}
    ```
    ```yaml
    # values.yaml
    auth:
      existingSecret: ""
    ```
    """

    id = "referenced-key-changed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those who bring it themselves: their pods do not start"
    advice = "tell the keys that it has to have"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the value that names it, on both sides."""
        for scenario in both.scenarios:
            parts = scenario.turned[-1] if scenario.sample else ()
            came, gone = _differing(scenario) if parts else ((), ())
            if came:
                instead = f" instead of {listed(gone)}" if gone else ""
                listed_still = lookup(both.new.values, parts) is not ABSENT
                yield self.verdict(
                    f"of what is named as {named(parts)}, pods ask for {listed(came)}{instead}",
                    old=in_values(both.old, parts),
                    new=in_values(both.new, parts) if listed_still else None,
                )


def _differing(scenario: ScenarioComparison) -> tuple[list[str], list[str]]:
    """The keys that only the new chart asks for, and those that only the old one did."""
    sides = (scenario.old.parsed.objects, scenario.new.parsed.objects)
    before, after = ({key for obj in objects for key in _asked(obj, scenario.sample)} for objects in sides)
    # Nobody brought what the old chart took no key of.
    return (sorted(after - before), sorted(before - after)) if before else ([], [])


def _asked(obj: RenderedObject, name: str) -> Iterator[str]:
    """The keys that a workload's pods need of the Secret or ConfigMap of a name."""
    pod = pod_spec(obj.kind, obj.body)
    if pod is None:
        return
    theirs = set()
    for volume in items(pod.body, "volumes"):
        sources = [volume, *items(volume, "projected", "sources")]
        for source in (one for whole in sources for one in (mapping(whole, "configMap"), mapping(whole, "secret"))):
            if name in (get(source, "name"), get(source, "secretName")) and get(source, "optional") is not True:
                theirs.add(text(volume, "name"))
                yield from (text(item, "key") for item in items(source, "items"))
    for container in pod.containers:
        for mount in items(container.body, "volumeMounts"):
            if text(mount, "name") in theirs and text(mount, "subPath"):
                yield text(mount, "subPath")
        for entry in items(container.body, "env"):
            yield from _key(mapping(entry, "valueFrom"), name)


def _key(source: Mapping[str, Any], name: str) -> Iterator[str]:
    for kind in ("secretKeyRef", "configMapKeyRef"):
        if get(source, kind, "name") == name and get(source, kind, "optional") is not True:
            yield str(get(source, kind, "key"))
