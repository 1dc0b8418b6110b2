"""The judgement: a definition moved from crds/ to the templates."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.crds._places import NAME, at


class CrdMovedToTemplates(ChartJudgement):
    """A definition moved from crds/ to the templates.

    ## Why
    It is in the cluster already and not the release's: ``helm upgrade`` fails with "invalid ownership metadata"
    until users label and annotate it. argo-cd 5.2.0, opentelemetry-operator 0.57.0 and bitnami/contour 4.0.0 had to
    explain it.

    ## Before
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

    ## After
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
                    size: {type: integer}
                    color: {type: string}
    ```
    """

    id = "crd-moved-to-templates"
    level = Level.MAJOR
    hurts = "everyone who upgrades: Helm refuses to take over what it did not make"
    advice = (
        "have users label and annotate the definition for the release before the upgrade (meta.helm.sh/release-name)"
    )

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at both places."""
        for pair in both.crds:
            if pair.old is not None and pair.new is not None and pair.old.in_folder and not pair.new.in_folder:
                told = "moved from crds/ to the templates, where Helm does not adopt it"
                yield self.verdict(told, old=at(pair.old, NAME), new=at(pair.new, NAME), subject=pair.ref)
