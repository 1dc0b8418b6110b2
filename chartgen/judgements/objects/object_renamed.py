"""The judgement: an object has another name, or lives in another namespace."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, ScenarioJudgement, Verdict
from chartgen.judgements.objects._roles import is_own, is_referred_to
from chartgen.judgements.objects._told import listed
from chartgen.location import Pointer

_PASSING = frozenset(("Job", "Pod"))
"""Kinds whose names are new at every turn."""


class ObjectRenamed(ScenarioJudgement):
    """An object has another name, or lives in another namespace.

    ## Why
    The upgrade deletes the old object and makes a new one: DNS names, mounts, bindings of cloud identities and
    manifests of others that name it break, a renamed workload starts beside nothing, a renamed claim is empty.
    argo-rollouts 1.0.0 changed its full name, kube-prometheus-stack 75.0.0 its rules. Names that change with the
    content or the version are no event; objects that nobody refers to by name, and ConfigMaps that only the chart's
    own pods read, ask for a minor version.

    ## Before
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web # here
    spec:
      selector: {app: web}
      ports: [{port: 80}]
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web-http # here
    spec:
      selector: {app: web}
      ports: [{port: 80}]
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector: {app: web}
      ports: [{port: 8080}]
    ```

    ## Before: a hash in the name
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-5d41402abc
    data:
      a: '1'
    ```

    ## Not this: a hash in the name
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-7d793037a0
    data:
      a: '2'
    ```

    ## Before: alone in its template
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-dashboard # here
    data:
      web.json: '{"title": "all of web", "panels": []}'
    ```

    ## After: alone in its template
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: overview # here
    data:
      web.json: '{"uid": "1234", "rows": [{"height": 10}]}'
    ```

    ## Before: read by its own pods
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web # here
    data: {a: '1', b: '2'}
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: "web:1.0"
          envFrom:
            - configMapRef: {name: web}
    ```

    ## After: read by its own pods
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-settings # here
    data: {a: '1', b: '2'}
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: "web:1.0"
          envFrom:
            - configMapRef: {name: web-settings}
    ```
    """

    id = "object-renamed"
    level = Level.MAJOR
    hurts = "those who refer to it by name: other manifests, DNS, cloud identities, GitOps"
    advice = "list the old names and the new ones; offer a value that keeps the old (fullnameOverride)"

    def check(self, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Tell once of all objects whose names changed alike."""
        known: dict[str, Verdict] = both.memory.setdefault(("objects", "renamed"), {})
        groups: dict[tuple[str, ...], list[ObjectPair]] = {}
        for pair in scenario.renamed:
            if pair.old.ref in known:
                yield known[pair.old.ref]
            elif not (pair.old.hooks or pair.kind in _PASSING or scenario.is_made_up(pair)):
                groups.setdefault(_step(pair), []).append(pair)
        for pairs in groups.values():
            ranked = sorted(pairs, key=lambda pair: (not _is_known(pair, scenario), len(pair.old.name)))
            verdict = self._tell(ranked, Level.MAJOR if _is_known(ranked[0], scenario) else Level.MINOR)
            known.update({pair.old.ref: verdict for pair in pairs})
            yield verdict

    def _tell(self, pairs: list[ObjectPair], level: Level) -> Verdict:
        first = pairs[0]
        others = [f"{pair.old.ref} -> {pair.new.name}" for pair in pairs[1:]]
        told = f" (and {listed(others)})" if others else ""
        spaces = [obj.namespace or "of the release" for obj in (first.old, first.new)]
        moved = f"moved from the namespace {spaces[0]} to the namespace {spaces[1]}"
        renamed = f"was called {first.old.name}"
        at = Pointer(("metadata", "name"))
        return self.verdict(
            f"{moved if first.old.name == first.new.name else renamed}{told}",
            old=At.on(first.old, at),
            new=At.on(first.new, at),
            level=level,
            certainty=Certainty.LIKELY if level is Level.MINOR else None,
            hurts="" if level is Level.MAJOR else "hardly anybody: nothing refers to it by name",
        )


def _is_known(pair: ObjectPair, scenario: ScenarioComparison) -> bool:
    """Whether others than the chart may refer to an object by the name that it had."""
    own = pair.kind == "ConfigMap" and is_own(pair.old, scenario.old.parsed.objects)
    return is_referred_to(pair.new) and not own


def _step(pair: ObjectPair) -> tuple[str, ...]:
    """What was taken out of a name and put in, which objects that were renamed for one reason have in common."""
    old, new = pair.old.name, pair.new.name
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return (old[start : len(old) - end], new[start : len(new) - end], pair.old.namespace, pair.new.namespace)


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
