"""The judgement: objects are stored in another version, or converted by a webhook."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.crds._places import at
from chartgen.kube.access import get
from chartgen.location import Pointer


class CrdStorageChanged(ChartJudgement):
    """Objects are stored in another version, or converted by a webhook.

    ## Why
    What is stored has to be migrated before the old version may go, and a conversion webhook that does not answer
    stops every read of the kind. opentelemetry-operator 0.57.0 and 0.58.0.

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
        - name: v1beta1 # here
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
        - name: v1
          served: true
          storage: false
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
      scope: Namespaced
      names: {kind: Widget, plural: widgets}
      versions:
        - name: v1beta1
          served: true
          storage: false
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    size: {type: integer}
        - name: v1 # here
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
        - name: v1beta1
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
        - name: v1
          served: true
          storage: false
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    size: {type: integer}
        - name: v2
          served: true
          storage: false
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    size: {type: integer}
    ```
    """

    id = "crd-storage-changed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those with objects of the kind"
    advice = "tell how to migrate what is stored, and what the webhook needs"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the versions that are stored, or at the conversion."""
        for pair in both.crds:
            if pair.old is None or pair.new is None:
                continue
            before, after = (
                next((v for v in one.versions.values() if v.is_storage), None) for one in (pair.old, pair.new)
            )
            if before and after and before.name != after.name:
                yield self.verdict(
                    f"{after.name} is stored now, it was {before.name}",
                    old=at(pair.old, before.pointer),
                    new=at(pair.new, after.pointer),
                    subject=pair.ref,
                )
            place = Pointer(("spec", "conversion", "strategy"))
            if get(pair.new.obj.body, *place.parts) == "Webhook" != get(pair.old.obj.body, *place.parts):
                told = "versions are converted by a webhook now"
                yield self.verdict(told, old=at(pair.old, place), new=at(pair.new, place), subject=pair.ref)
