"""The judgement about switches that are set the other way."""

import re
from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import Redefined
from chartgen.judgements._words import shown
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._defaults import FLIPPED, defaults
from chartgen.judgements.values._places import in_values, named, objects
from chartgen.kube.access import CONTROLLERS


class ValuesDefaultFlipped(ChartJudgement):
    """A switch is set the other way by default, and what is rendered changes.

    ## Why
    Whoever left it alone gets something else after the upgrade. How much that matters is judged where it is felt:
    argo-cd 10.0.0 switched its network policies on, and is major for those (``restriction-added``). By itself a switch
    that was turned is a minor step: maintainers turn them in minor versions and in patches as often as in major ones.
    The new chart is rendered with the old default to see what the switch does. Where it asks clients to log in or to
    encrypt, and workloads are rendered otherwise, those that do not are turned away, which is a major step. So it is
    where something is off from now on for which workloads are started otherwise: whoever used it has it no longer, as
    with the IPv6 of mongodb 6.0.0.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      tls: {{ .Values.tls.enabled | quote }}
    ```
    ```yaml
    # values.yaml
    tls:
      enabled: false # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      tls: {{ .Values.tls.enabled | quote }}
    ```
    ```yaml
    # values.yaml
    tls:
      enabled: true # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      tls: "false"
    {{- if and .Values.tls.enabled .Values.tls.secret }}
      secret: {{ .Values.tls.secret }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    tls:
      enabled: true
      secret: ""
    ```

    ## Before: clients have to log in
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
              args: {{ .Values.auth.enabled | ternary (list "--login") (list) | toJson }}
    ```
    ```yaml
    # values.yaml
    auth:
      enabled: false # here
    ```

    ## After: clients have to log in
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
              args: {{ .Values.auth.enabled | ternary (list "--login") (list) | toJson }}
    ```
    ```yaml
    # values.yaml
    auth:
      enabled: true # here
    ```

    ## Before: something is off
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
              args: {{ list (printf "--ipv6=%t" .Values.ipv6) | toJson }}
    ```
    ```yaml
    # values.yaml
    ipv6: true # here
    ```

    ## After: something is off
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
              args: {{ list (printf "--ipv6=%t" .Values.ipv6) | toJson }}
    ```
    ```yaml
    # values.yaml
    ipv6: false # here
    ```
    """

    id = "values-default-flipped"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "whoever relies on the default"
    advice = "set it to keep what was"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the switch on both sides."""
        for one in defaults(both, FLIPPED):
            yield self.verdict(
                f"{named(one.parts)} is {shown(one.after)} by default and was {shown(one.before)}, which changes "
                + objects(both, one.parts),
                old=in_values(both.old, one.parts),
                new=in_values(both.new, one.parts),
                level=Level.MAJOR if _turns_away(both, one) or _is_missed(both, one) else None,
                advice=f"set {named(one.parts)} to {shown(one.before)} to keep what was",
            )


_ASKS = frozenset(("auth", "authentication", "authorization", "login", "password", "tls", "mtls", "ssl", "https"))
_WAIVES = frozenset(("anonymous", "unauthenticated", "insecure", "passwordless"))
_HOW = frozenset(("file", "files", "auto", "generated", "generate", "existing", "verify"))
"""Words of switches that say where passwords and certificates come from."""

_WORDS = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+"


def _turns_away(both: Comparison, one: Redefined) -> bool:
    """Whether workloads ask something of their clients that they did not: to log in, or to encrypt."""
    words = _words(one)
    if not words & (_ASKS if one.after else _WAIVES) or words & _HOW:
        return False
    return any(ref.partition("/")[0] in CONTROLLERS for ref in both.effects.get(one.parts, ()))


def _is_missed(both: Comparison, one: Redefined) -> bool:
    """Whether something is off for which workloads are started otherwise."""
    words = _words(one)
    is_off = one.after is bool(words & _TURNS_OFF)
    if not is_off or words & _HARDLY_MISSED:
        return False
    changed = set(both.effects.get(one.parts, ()))
    pairs = (pair for pair in both.scenarios[0].pairs if pair.ref in changed and pair.kind in CONTROLLERS)
    return any(pair.about("process") for pair in pairs)


_TURNS_OFF = frozenset(("disable", "disabled", "no", "skip"))
_HARDLY_MISSED = frozenset(("debug", "verbose", "diagnostic", "telemetry", "analytics", "reporting", *_HOW))


def _words(one: Redefined) -> frozenset[str]:
    """The words of a switch and of the map that it is in."""
    return frozenset(word.lower() for part in one.parts[-2:] for word in re.findall(_WORDS, part))
