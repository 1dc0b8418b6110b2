"""The judgement: the chart no longer has a custom resource definition."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.crds._places import NAME, at


class CrdRemoved(ChartJudgement):
    """The chart no longer has a custom resource definition.

    ## Why
    One that a template made is deleted by the upgrade, and Kubernetes deletes every object of its kind with it
    (argo-events 2.0.0). One under ``crds/`` stays where it is installed, and is missing where the chart is
    installed anew.

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
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 80}]
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 80}]
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
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 80}]
    ```
    """

    id = "crd-removed"
    level = Level.MAJOR
    hurts = "everyone with objects of the kind"
    advice = "have users add 'helm.sh/resource-policy: keep' to it first, and tell where it comes from now"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at each definition that is gone."""
        for pair in both.crds:
            if pair.old is not None and pair.new is None:
                fate = (
                    "stays in clusters that have it"
                    if pair.old.is_kept
                    else "the upgrade deletes it and all objects of it"
                )
                yield self.verdict(
                    f"is gone; {fate}",
                    old=at(pair.old, NAME),
                    subject=pair.ref,
                    certainty=Certainty.LIKELY if pair.old.is_kept else None,
                )
