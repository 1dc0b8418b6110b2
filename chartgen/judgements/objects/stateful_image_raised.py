"""The judgement: what keeps state runs in another major version."""

import re

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._containers import repository
from chartgen.judgements.objects._images import ImageJudgement
from chartgen.kube.access import Image

_MAJOR = re.compile(r"v?(\d+)\.\d+")


class StatefulImageRaised(ImageJudgement):
    """What keeps state in a StatefulSet runs in another major version.

    ## Why
    Databases read the files of their last major version at best, and seldom those of a later one: there is often no way
    back, and sometimes a migration to run before. bitnami/jaeger and bitnami/drupal raised their own major version for
    that of their database.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "cassandra:4.1.7" # here
    ```

    ## After
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "cassandra:5.0.2" # here
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "cassandra:4.2.0"
    ```
    """

    id = "stateful-image-raised"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever keeps data in it: it may not be read, or not any more by the old version"
    advice = "read the application's upgrade notes, and make a copy of the data first"
    topics = ("image",)
    what = "another major version runs"
    kinds = frozenset({"StatefulSet"})

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Whether the image of a container that stays is of another major version."""
        if change.path[-1] != "image" or "initContainers" in change.path:
            return False
        before, after = (_major(image) for image in (change.before, change.after))
        return before != after and None not in (before, after) and repository(change.before) == repository(change.after)


def _major(image: object) -> str | None:
    """The major version that a tag names: ``4`` of ``cassandra:4.1.7-debian-12``; None where it names none."""
    found = _MAJOR.match(Image.parse(image).tag or "") if isinstance(image, str) else None
    return found[1] if found else None
