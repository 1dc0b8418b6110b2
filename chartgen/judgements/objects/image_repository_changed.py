"""The judgement: a container's image comes from another place."""

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._containers import repository
from chartgen.judgements.objects._images import ImageJudgement, is_replaced


class ImageRepositoryChanged(ImageJudgement):
    """A container's image comes from another place.

    ## Why
    Mirrors, image policies and pull secrets have to follow, which counts in networks without access to the
    internet. Projects are divided: eight of nineteen such releases were major (blackbox-exporter 8.0.0), nine minor
    (opentelemetry-collector 0.122.0), two patches. What Docker takes as the same (``docker.io/library/``) is no
    change.

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
              image: "docker.io/example/web:1.0" # here
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
              image: "ghcr.io/example/web:1.0" # here
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
              image: "example/web:1.1"
    ```
    """

    id = "image-repository-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "those who mirror images or allow them by name"
    advice = "tell the new place of the image"
    topics = ("image",)
    what = "the image comes from another place"

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Whether more than the tag changed, and it may still be the same program."""
        return repository(change.before) != repository(change.after) and not is_replaced(change, pair)
