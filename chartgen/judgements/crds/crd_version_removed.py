"""The judgement: a version of a custom resource is no longer served."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.crds._places import at
from chartgen.location import Pointer


class CrdVersionRemoved(ChartJudgement):
    """A version of a custom resource is no longer served.

    ## Why
    Manifests of that version are refused, by the API server and by ``helm upgrade`` of everyone's charts. bitnami's
    external-dns 5.0.0; traefik 28.0.0 dropped its old group.

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
          storage: false
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
      scope: Namespaced
      names: {kind: Widget, plural: widgets}
      versions: # here
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

    id = "crd-version-removed"
    level = Level.MAJOR
    hurts = "those with objects of that version"
    advice = "have users change the apiVersion of their manifests first; keep serving the old one for a while"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at each version that was served."""
        for pair in both.crds:
            if pair.old is None or pair.new is None:
                continue
            there = pair.new.versions
            for name, version in pair.old.versions.items():
                after = there.get(name)
                if version.is_served and not (after and after.is_served):
                    new = after.pointer / "served" if after else Pointer(("spec", "versions"))
                    told = f"{name} is no longer served" if after else f"{name} is gone"
                    yield self.verdict(told, old=at(pair.old, version.pointer), new=at(pair.new, new), subject=pair.ref)
