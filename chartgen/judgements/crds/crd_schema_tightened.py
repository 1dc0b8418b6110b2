"""The judgement: a custom resource takes less than before."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.openapi import BREAKING, RULED
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.crds._places import at, told


class CrdSchemaTightened(ChartJudgement):
    """A custom resource takes less than before.

    ## Why
    Objects that were fine are refused, or lose fields without a word when they are next written: argocd-
    applicationset 1.3.0 lost four fields in a minor version, bitnami/contour 5.0.0 in a major one. Descriptions are
    not compared, and a required field with a default is no event.

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
                  properties:
                    size: {type: integer}
                    color: {type: string} # here
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
                  properties: # here
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
                    color: {type: string, description: of the widget}
    ```

    ## Before: a required field
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
                spec: # here
                  type: object
                  properties:
                    size: {type: integer}
                    color: {type: string}
    ```

    ## After: a required field
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
                  required: [size] # here
                  properties:
                    size: {type: integer}
                    color: {type: string}
    ```
    """

    id = "crd-schema-tightened"
    level = Level.MAJOR
    hurts = "those with objects that are refused now, or lose a field"
    advice = "tell what to change in existing objects before the upgrade"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the first step of each version. A rule whose reach is not known makes it likely only."""
        for pair in both.crds:
            for name in dict.fromkeys(version.name for version, _, _ in pair.steps):
                found = [one for one in pair.steps if one[0].name == name and one[2].kind in BREAKING]
                if found and pair.old and pair.new:
                    old, new, first = next((one for one in found if one[2].kind != RULED), found[0])
                    yield self.verdict(
                        told(name, [step for _, _, step in found]),
                        old=at(pair.old, pair.old.schema(old)[1] + first.pointer),
                        new=at(pair.new, pair.new.schema(new)[1] + first.pointer),
                        subject=pair.ref,
                        certainty=Certainty.LIKELY if first.kind == RULED else None,
                    )
