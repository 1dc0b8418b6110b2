"""The judgement: a NetworkPolicy lets less through, or a budget allows no disruption any more."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._roles import is_restriction, restricts
from chartgen.judgements.objects._told import listed
from chartgen.kube.access import get, items, mapping, pod_spec, policy_directions, selects, strings, text
from chartgen.location import Pointer

_DIRECTIONS = (("Ingress", "ingress", "from", "in"), ("Egress", "egress", "to", "out"))


class RestrictionTightened(PairJudgement):
    """A NetworkPolicy lets less through, or a PodDisruptionBudget allows no disruption any more.

    ## Why
    What was let in or out by name no longer is, and connections time out, which is as hard to find as with a policy
    that is new. Peers that are the chart's own pods are left alone: their labels change with the policy. A budget that
    allows no pod to be missing stops whoever drains nodes.

    ## Before
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector: {matchLabels: {app: web}}
      policyTypes: [Ingress]
      ingress: # here
        - ports: [{port: 80}, {port: 9090}]
    ```

    ## After
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector: {matchLabels: {app: web}}
      policyTypes: [Ingress]
      ingress: # here
        - ports: [{port: 80}]
    ```

    ## Not this
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector: {matchLabels: {app: web}}
      policyTypes: [Ingress]
      ingress:
        - ports: [{port: 9090}]
        - ports: [{port: 80}]
        - from: [{namespaceSelector: {matchLabels: {name: monitoring}}}]
    ```

    ## Before: what goes out
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec: # here
      podSelector: {matchLabels: {app: web}}
      policyTypes: [Ingress]
      ingress: [{}]
    ```

    ## After: what goes out
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector: {matchLabels: {app: web}}
      policyTypes: [Ingress, Egress]
      ingress: [{}]
      egress: # here
        - ports: [{port: 53, protocol: UDP}]
    ```

    ## Before: a budget
    ```yaml
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 1 # here
      selector:
        matchLabels: {app: web}
    ```

    ## After: a budget
    ```yaml
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 0 # here
      selector:
        matchLabels: {app: web}
    ```

    ## Before: nothing was said of what goes out
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
        matchLabels: {app: web}
      policyTypes: [Ingress]
      ingress: # here
        - ports: [{port: 80}]
        - ports: [{port: 81}]
    ```

    ## After: nothing was said of what goes out
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
        matchLabels: {app: web}
      policyTypes: [Ingress]
      ingress: # here
        - ports: [{port: 80}]
    ```

    ## Not this: everything may go out
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
        matchLabels: {app: web}
      policyTypes: [Ingress, Egress]
      ingress:
        - ports: [{port: 80}]
        - ports: [{port: 81}]
      egress:
        - {}
    ```
    """

    id = "restriction-tightened"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those whose traffic it let through"
    advice = "say what is cut off, and which value lets it through again"
    kinds = frozenset({"NetworkPolicy", "PodDisruptionBudget"})
    renamed = True

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at the rules of the direction, or at the budget."""
        if pair.kind == "PodDisruptionBudget":
            yield from self._budget(pair, scenario)
            return
        for kind, rules, peers, word in _DIRECTIONS:
            if not (pair.under("spec", rules) or pair.under("spec", "policyTypes")) or kind not in policy_directions(
                pair.new.body
            ):
                continue
            lost = list(_lost(pair, scenario, kind, rules, peers))
            if lost:
                at = Pointer(("spec", rules))
                yield self.verdict(
                    f"no longer lets {word} {listed(lost)}", old=At.on(pair.old, at), new=At.on(pair.new, at)
                )

    def _budget(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Verdict]:
        sides = ((pair.old, scenario.old), (pair.new, scenario.new))
        was, is_now = (is_restriction(obj, side.parsed.objects) for obj, side in sides)
        changes = pair.under("spec")
        if changes and is_now and not was:
            yield self.verdict(
                restricts(pair.new),
                old=At.on(pair.old, changes[0].old),
                new=At.on(pair.new, changes[0].new),
                hurts="those who upgrade nodes: none can be drained",
                advice="let one pod be missing, or run one more",
            )


def _lost(pair: ObjectPair, scenario: ScenarioComparison, kind: str, rules: str, peers: str) -> Iterator[str]:
    """What only the old policy lets through."""
    after = [_sides(rule, peers) for rule in items(pair.new.body, "spec", rules)]
    if kind not in policy_directions(pair.old.body):
        if not any(None in some and None in others for some, others in after):
            yield "what it does not name"
        return
    for rule in items(pair.old.body, "spec", rules):
        for peer, port in product(*_sides(rule, peers)):
            known = any(_covers(some, peer) and _covers(others, port) for some, others in after)
            if not known and not _is_own(peer, scenario):
                yield _told(peer, port, peers)


def _sides(rule: Any, peers: str) -> tuple[list[Any], list[Any]]:
    """The peers and the ports of a rule; None for any."""
    return items(rule, peers) or [None], items(rule, "ports") or [None]


def _covers(some: list[Any], one: Any) -> bool:
    return None in some or one in some


def _is_own(peer: Any, scenario: ScenarioComparison) -> bool:
    """Whether a peer is pods that the chart runs itself."""
    if get(peer, "namespaceSelector") is not None or get(peer, "podSelector") is None:
        return False
    pods = (pod_spec(obj.kind, obj.body) for obj in scenario.old.parsed.objects)
    return any(pod is not None and selects(get(peer, "podSelector"), strings(pod.labels)) for pod in pods)


def _told(peer: Any, port: Any, peers: str) -> str:
    """A peer and a port in a message: ``from 10.0.0.0/8 on port 80``."""
    words = [] if port is None else [f"port {get(port, 'port')}"]
    if peer is not None:
        block = get(peer, "ipBlock", "cidr")
        labels = [*_labels(peer, "namespaceSelector"), *_labels(peer, "podSelector")]
        words.append(f"{peers} {block or ', '.join(labels) or 'all pods'}")
    return " ".join(words) or "everything"


def _labels(peer: Any, selector: str) -> Iterator[str]:
    """The labels that a selector asks for: ``app=web``, ``name in (a, b)``."""
    for key, value in mapping(peer, selector, "matchLabels").items():
        yield f"{key}={value}"
    for one in items(peer, selector, "matchExpressions"):
        values = ", ".join(map(str, items(one, "values")))
        yield f"{text(one, 'key')} {text(one, 'operator').lower()}" + (f" ({values})" if values else "")
