"""The judgement: a container's image has another tag or digest, or is pulled otherwise."""

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._containers import repository
from chartgen.judgements.objects._images import ImageJudgement


class ImageTagChanged(ImageJudgement):
    """A container's image has another tag or digest, or is pulled otherwise.

    ## Why
    What runs is another build. How large that step is, the version of the application says (``appVersion``), which
    has judgements of its own; of the image alone only the rollout is known.

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
              image: "web:1.0" # here
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
              image: "web:1.1" # here
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
              image: "ghcr.io/web:1.0"
    ```
    """

    id = "image-tag-changed"
    level = Level.PATCH
    certainty = Certainty.LIKELY
    topics = ("image", "pull")
    what = "another image runs"

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Whether the place of the image stayed."""
        return change.path[-1] != "image" or repository(change.before) == repository(change.after)
