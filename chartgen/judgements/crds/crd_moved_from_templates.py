"""The judgement: a definition moved from the templates to crds/."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.crds._places import NAME, at


class CrdMovedFromTemplates(ChartJudgement):
    """A definition moved from the templates to crds/.

    ## Why
    For Helm it is gone from the release: the upgrade deletes it, and Kubernetes deletes every object of its kind.
    ``helm.sh/resource-policy: keep`` in the old chart prevents that. argocd-applicationset 1.0.0, kube-prometheus-
    stack 48.0.0.

    ## Before
    ```yaml
    # templates/widget.yaml
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

    ## After
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

    ## Not this
    ```yaml
    # templates/widget.yaml
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
                    color: {type: string}
    ```
    """

    id = "crd-moved-from-templates"
    level = Level.MAJOR
    hurts = "everyone with objects of the kind: the upgrade deletes them"
    advice = "release a version that adds 'helm.sh/resource-policy: keep' first"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at both places; one that is kept is a smaller step."""
        for pair in both.crds:
            if pair.old is not None and pair.new is not None and pair.new.in_folder and not pair.old.in_folder:
                kept = pair.old.is_kept
                yield self.verdict(
                    "moved from the templates to crds/" + (", and stays" if kept else ": the upgrade deletes it"),
                    old=at(pair.old, NAME),
                    new=at(pair.new, NAME),
                    subject=pair.ref,
                    level=Level.MINOR if kept else None,
                )
