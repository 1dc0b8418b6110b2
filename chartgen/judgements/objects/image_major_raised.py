"""The judgement: a container runs another major version of what it ran."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.objects._alike import Event
from chartgen.judgements.objects._images import ImageJudgement, is_other, numbers
from chartgen.judgements.objects._told import counterpart
from chartgen.judgements.objects._volumes import has_data
from chartgen.kube.access import CONTROLLERS


class ImageMajorRaised(ImageJudgement):
    """What runs beside the application, or in a dependency, is of another major version.

    ## Why
    Its arguments, its configuration and what it answers may be others: whoever sets them should read its upgrade notes.
    Charts seldom take that for a break: of 39 releases of bitnami, argo-helm and grafana with a proxy, an exporter, a
    cache or the like in another major version, two raised their own. For the application ``app-major-raised`` speaks,
    for what keeps data ``stateful-image-raised``; init containers are the chart's own affair, and years no versions.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:4.0.1"
            - name: proxy
              image: "proxy:1.9.2" # here
    ```

    ## After
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:4.0.1"
            - name: proxy
              image: "proxy:2.0.0" # here
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:4.0.1"
            - name: proxy
              image: "proxy:1.10.0"
    ```

    ## Before: the application itself
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    appVersion: 4.0.1
    ```
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:4.0.1"
            - name: proxy
              image: "proxy:1.9.2" # here
    ```

    ## After: the application itself
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    appVersion: 4.0.1
    ```
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:4.0.1"
            - name: proxy
              image: "proxy:2.0.0" # here
    ```

    ## Not this: the application itself
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    appVersion: 5.0.0
    ```
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:5.0.0"
            - name: proxy
              image: "proxy:1.9.2"
    ```
    """

    id = "image-major-raised"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "whoever configures it, or relies on what it answers"
    advice = "read its own upgrade notes"
    topics = ("image",)
    what = "another major version runs"
    kinds = CONTROLLERS

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """Point at the first of the images."""
        own = tuple(_major(f"app:{side.job.chart.metadata.get('appVersion')}") for side in (scenario.old, scenario.new))
        found = [
            change
            for change in pair.about(*self.topics)
            if is_other(change, _major)
            and (_major(change.before), _major(change.after)) != own
            and not has_data(pair.old, change.old)
        ]
        if found:
            yield Event(f"{self.what} ({self.tell(found, pair)})", *counterpart(found[0], found))


def _major(image: object) -> int | None:
    """The major version that a tag names, None where it names none."""
    found = numbers(image)
    return found[0] if found else None
