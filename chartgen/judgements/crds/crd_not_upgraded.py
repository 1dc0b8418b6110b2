"""The judgement: a definition under crds/ changed, or is new, and Helm will not bring it."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.crds import Crd, CrdPair
from chartgen.compare.objects import ScenarioComparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.crds._places import NAME, at, listed, told
from chartgen.location import Pointer

_SHARED = frozenset(
    ("monitoring.coreos.com", "cert-manager.io", "gateway.networking.k8s.io", "snapshot.storage.k8s.io")
)
"""Groups of definitions that many charts bring and most clusters have."""


class CrdNotUpgraded(ChartJudgement):
    """A definition under crds/ changed, or is new, and Helm will not bring it.

    ## Why
    Helm installs ``crds/`` once and never upgrades it, so users have to apply it by hand: kube-prometheus-stack
    takes a major version for each, most others a minor one, and so do we unless objects are rendered whose kind
    would not be known: then the upgrade fails. Descriptions alone are no change.

    ## Before
    ```yaml
    # crds/widget.yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: widgets.example.com
    spec:
      group: example.com
      scope: Namespaced
      names: {kind: Widget, plural: widgets}
      versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties: # here
                    size: {type: integer}
    ```

    ## After
    ```yaml
    # crds/widget.yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: widgets.example.com
    spec:
      group: example.com
      scope: Namespaced
      names: {kind: Widget, plural: widgets}
      versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    size: {type: integer}
                    color: {type: string} # here
    ```

    ## Not this
    ```yaml
    # crds/widget.yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: widgets.example.com
    spec:
      group: example.com
      scope: Namespaced
      names: {kind: Widget, plural: widgets}
      versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    size: {type: integer, description: how large}
    ```

    ## Before: a new kind
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 80}]
    ```

    ## After: a new kind
    ```yaml
    # crds/widget.yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: widgets.example.com # here
    spec:
      group: example.com
      scope: Namespaced
      names: {kind: Widget, plural: widgets}
      versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    size: {type: integer}
    ```
    ```yaml
    # templates/widget.yaml
    apiVersion: example.com/v1
    kind: Widget
    metadata:
      name: web
    spec: {size: 1}
    ```
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 80}]
    ```
    """

    id = "crd-not-upgraded"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "those who do not apply crds/ by hand"
    advice = "have users run 'kubectl apply --server-side -f crds/' before the upgrade"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the first difference of each definition."""
        for pair in both.crds:
            if pair.new is None or not pair.new.in_folder:
                continue
            if pair.old is None:
                used = any(_is_first_used(pair.new, scenario) for scenario in both.scenarios)
                yield self.verdict(
                    "is new under crds/, which an upgrade does not install"
                    + (", and the chart renders its first object of it" if used else ""),
                    new=at(pair.new, NAME),
                    subject=pair.ref,
                    level=Level.MAJOR if used else None,
                )
        changed = [pair for pair in both.crds if _is_changed(pair)]
        if changed:
            yield self._changed(changed)

    def _changed(self, pairs: list[CrdPair]) -> Verdict:
        """One verdict for all of them: what to do is the same."""
        pair = pairs[0]
        before, after = pair.old, pair.new
        assert before is not None
        assert after is not None
        at_versions = Pointer(("spec", "versions"))
        old, new = at(before, at_versions), at(after, at_versions)
        what = ", ".join(f"{name} is new" for name in after.versions if name not in before.versions)
        if pair.steps:
            first, second, step = pair.steps[0]
            old, new = (
                at(before, before.schema(first)[1] + step.pointer),
                at(after, after.schema(second)[1] + step.pointer),
            )
            what = told(first.name, [step for version, _, step in pair.steps if version is first])
        also = f"; also {listed((one.ref for one in pairs[1:]), 2)}" if pairs[1:] else ""
        text = f"changed under crds/, which an upgrade does not touch ({what or 'other versions'}){also}"
        return self.verdict(text, old=old, new=new, subject=pair.ref)


def _is_changed(pair: CrdPair) -> bool:
    """Whether a definition is under crds/ on both sides and offers something else."""
    if pair.old is None or pair.new is None or not (pair.old.in_folder and pair.new.in_folder):
        return False
    return bool(pair.steps) or set(pair.old.versions) != set(pair.new.versions)


def _is_first_used(crd: Crd, scenario: ScenarioComparison) -> bool:
    """Whether the new chart renders objects of a kind, and the old one none; not of kinds that clusters have anyway."""
    group = crd.obj.name.partition(".")[2]
    wanted = (group, crd.identity["kind"])
    before, after = (
        any((obj.api_version.partition("/")[0], obj.kind) == wanted for obj in side.parsed.objects)
        for side in (scenario.old, scenario.new)
    )
    return after and not before and group not in _SHARED
