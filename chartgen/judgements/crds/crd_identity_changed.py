"""The judgement: the scope, kind or plural of a custom resource is another."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.crds._places import at
from chartgen.location import Pointer


class CrdIdentityChanged(ChartJudgement):
    """The scope, kind or plural of a custom resource is another.

    ## Why
    Kubernetes refuses to change the scope of a definition, and under another kind or plural the old objects cannot
    be reached. Only deleting the definition, and every object with it, would do.

    ## Before
    ```yaml
    # crds/widget.yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: widgets.example.com
    spec:
      group: example.com
      scope: Namespaced # here
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
      name: widgets.example.com
    spec:
      group: example.com
      scope: Cluster # here
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

    id = "crd-identity-changed"
    level = Level.MAJOR
    hurts = "everyone with objects of the kind"
    advice = "give the new definition a name of its own, and tell how to move objects over"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at each part that changed."""
        for pair in both.crds:
            if pair.old is None or pair.new is None:
                continue
            after = pair.new.identity
            for key, value in pair.old.identity.items():
                if value != after[key]:
                    place = Pointer(("spec", "scope") if key == "scope" else ("spec", "names", key))
                    told = f"the {key} is {after[key]} now, it was {value}"
                    yield self.verdict(told, old=at(pair.old, place), new=at(pair.new, place), subject=pair.ref)
