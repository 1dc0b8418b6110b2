"""The judgement: a container runs another major version of what it ran."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.objects._alike import Event
from chartgen.judgements.objects._containers import repository
from chartgen.judgements.objects._images import ImageJudgement, numbers
from chartgen.judgements.objects._told import counterpart
from chartgen.judgements.objects._volumes import has_data


class ImageMajorRaised(ImageJudgement):
    """What runs beside the application, or in a dependency, is of another major version.

    ## Why
    Its arguments, its configuration and what it answers may be others: users set them through the chart as they do the
    application's own, for which ``app-major-raised`` speaks. What keeps data is for ``stateful-image-raised``, init
    containers are the chart's own affair, and numbers that are years are no versions.

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
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever configures it, or relies on what it answers"
    advice = "read its own upgrade notes"
    topics = ("image",)
    what = "another major version runs"
    kinds = frozenset({"Deployment", "DaemonSet"})

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """Point at the first of the images."""
        own = tuple(_app(side.job.chart.metadata.get("appVersion")) for side in (scenario.old, scenario.new))
        found = [change for change in pair.about(*self.topics) if _is_raised(change, pair) and _majors(change) != own]
        if found:
            yield Event(f"{self.what} ({self.tell(found, pair)})", *counterpart(found[0], found))


def _is_raised(change: FieldChange, pair: ObjectPair) -> bool:
    """Whether the image of a container that stays, and keeps no data, is of another major version."""
    if change.path[-1] != "image" or "initContainers" in change.path:
        return False
    before, after = _majors(change)
    if before == after or None in (before, after) or repository(change.before) != repository(change.after):
        return False
    return not has_data(pair.old, change.old)


def _majors(change: FieldChange) -> tuple[int | None, ...]:
    found = (numbers(image) for image in (change.before, change.after))
    return tuple(one[0] if one else None for one in found)


def _app(version: object) -> int | None:
    """The major version of the application, as an image of it has it."""
    found = numbers(f"app:{version}")
    return found[0] if found else None
