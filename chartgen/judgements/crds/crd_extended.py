"""The judgement: a custom resource offers more, or is new, and the upgrade brings it."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.openapi import ADDED, LOOSENED
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.crds._places import NAME, at, told


class CrdExtended(ChartJudgement):
    """A custom resource offers more, or is new, and the upgrade brings it.

    ## Why
    Whatever was taken is still taken, and as the definition stands in a template, ``helm upgrade`` applies it.
    traefik-crds 1.5.0. Under ``crds/`` it would not (crd-not-upgraded).

    ## Before
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
                  properties: # here
                    size: {type: integer}
    ```

    ## After
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
                    color: {type: string} # here
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
                    size: {type: integer, description: how large}
    ```
    """

    id = "crd-extended"
    level = Level.MINOR

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the first thing that is new in each definition."""
        for pair in both.crds:
            if pair.new is None or pair.new.in_folder:
                continue
            if pair.old is None:
                yield self.verdict("is new", new=at(pair.new, NAME), subject=pair.ref)
                continue
            known = pair.old.versions
            for name, version in pair.new.versions.items():
                if name not in known:
                    yield self.verdict(f"{name} is new", new=at(pair.new, version.pointer), subject=pair.ref)
            found = [one for one in pair.steps if one[2].kind in (ADDED, LOOSENED)]
            if found:
                old, new, first = found[0]
                yield self.verdict(
                    told(old.name, [step for version, _, step in found if version is old]),
                    old=at(pair.old, pair.old.schema(old)[1] + first.pointer),
                    new=at(pair.new, pair.new.schema(new)[1] + first.pointer),
                    subject=pair.ref,
                )
