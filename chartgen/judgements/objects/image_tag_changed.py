"""The judgement: a container's image has another tag or digest, or is pulled otherwise."""

import re
from collections.abc import Sequence

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._containers import repository
from chartgen.judgements.objects._images import ImageJudgement
from chartgen.kube.access import Image


class ImageTagChanged(ImageJudgement):
    """A container's image has another tag or digest, or is pulled otherwise.

    ## Why
    What runs is another build. How large that step is, the version of the application says (``appVersion``), which
    has judgements of its own; of the image alone only the rollout is known. One that is built upon another system
    (``-alpine``, ``-debian``) has other tools and users in it, on which start scripts of users may rely: a minor step.

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

    def step(self, found: Sequence[FieldChange], pair: ObjectPair) -> Level | None:
        """Whether an image is built upon another system."""
        images = [one for one in found if one.path[-1] == "image"]
        return Level.MINOR if any(_systems(one.before) ^ _systems(one.after) for one in images) else None


_SYSTEMS = (
    r"(?<![a-z])(alpine|busybox|centos|debian|distroless|fedora|nanoserver|ol|photon|rhel|scratch|slim|ubi|ubuntu"
    r"|windows|wolfi)(?![a-z])"
)
"""What tags say of the system that an image is built upon."""


def _systems(image: object) -> frozenset[str]:
    tag = Image.parse(image).tag if isinstance(image, str) else None
    return frozenset(re.findall(_SYSTEMS, tag or ""))
