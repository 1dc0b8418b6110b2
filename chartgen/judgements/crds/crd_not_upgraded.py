"""The judgement: a definition under crds/ changed, or is new, and Helm will not bring it."""

from collections.abc import Iterable, Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.crds import Crd, CrdPair
from chartgen.compare.objects import ScenarioComparison
from chartgen.engine.objects import RenderedObject
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.crds._places import NAME, at, listed, told
from chartgen.kube.access import items
from chartgen.location import Pointer

_SHARED = frozenset(
    ("monitoring.coreos.com", "cert-manager.io", "gateway.networking.k8s.io", "snapshot.storage.k8s.io")
)
"""Groups of definitions that many charts bring and most clusters have."""


class CrdNotUpgraded(ChartJudgement):
    """A definition under crds/ changed, or is new, and Helm will not bring it.

    ## Why
    Helm installs ``crds/`` once and never upgrades it, so users have to apply it by hand: kube-prometheus-stack
    takes a major version for each, most others a minor one, and so do we unless a kind is new that is used at once: an
    object of it is rendered, so that the upgrade fails, or the chart's roles let its controller read it, which then
    waits for what is not there (traefik 22.3.0). Descriptions alone are no change.

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

    ## Before: a new kind that is read
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get, list, watch]
    ```

    ## After: a new kind that is read
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
    ```
    ```yaml
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: web
    rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get, list, watch]
      - apiGroups: [example.com]
        resources: [widgets]
        verbs: [get, list, watch]
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
                use = next((use for scenario in both.scenarios if (use := _first_use(pair.new, scenario))), "")
                yield self.verdict(
                    f"is new under crds/, which an upgrade does not install{use}",
                    new=at(pair.new, NAME),
                    subject=pair.ref,
                    level=Level.MAJOR if use else None,
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


def _first_use(crd: Crd, scenario: ScenarioComparison) -> str:
    """What the new chart does with a kind that the old one did not, for the message; nothing is said of kinds that
    clusters have anyway.
    """
    group = crd.obj.name.partition(".")[2]
    if group in _SHARED:
        return ""
    before, after = (side.parsed.objects for side in (scenario.old, scenario.new))
    wanted = (group, crd.identity["kind"])
    if _renders(after, wanted) and not _renders(before, wanted):
        return ", and the chart renders its first object of it"
    plural = crd.identity["plural"]
    if _may_read(after, group, plural) and not _may_read(before, group, plural):
        return ", and the chart's roles let what it runs read it"
    return ""


def _renders(objects: Iterable[RenderedObject], wanted: tuple[str, str]) -> bool:
    return any((obj.api_version.partition("/")[0], obj.kind) == wanted for obj in objects)


def _may_read(objects: Iterable[RenderedObject], group: str, plural: str) -> bool:
    """Whether a role of the chart names a resource and lets it be watched."""
    return any(
        group in items(rule, "apiGroups")
        and plural in items(rule, "resources")
        and any(verb in ("watch", "*") for verb in items(rule, "verbs"))
        for obj in objects
        if obj.kind in ("Role", "ClusterRole")
        for rule in items(obj.body, "rules")
    )
