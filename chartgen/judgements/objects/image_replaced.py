"""The judgement: a container runs another program."""

from collections.abc import Sequence

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._containers import is_of_first
from chartgen.judgements.objects._images import ImageJudgement, is_replaced
from chartgen.kube.access import CONTROLLERS


class ImageReplaced(ImageJudgement):
    """A container runs another program: an image with nothing of the old name, or of another and started otherwise.

    ## Why
    An image that only moved is started as before. Another program has other arguments, files and ports, and what users
    set for the old one means nothing to it: wavefront 2.0.0 took another collector. Of what runs beside a pod's first
    container (a proxy, an exporter), or in Jobs, users set little, and a minor version is enough; init containers are
    the chart's own affair.

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
              image: "example/collector:1.0" # here
              args: [--sink=example.com]
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
              image: "example/gatherer:4.0" # here
              args: [run, --config=/etc/gatherer.yaml]
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
              image: "ghcr.io/example/collector:1.0"
              args: [--sink=example.org]
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
              image: "example/collector-slim:1.0"
              args: [--sink=example.com]
    ```

    ## Before: beside another
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
              image: "web:1.0"
            - name: metrics
              image: "example/web-exporter:1.0" # here
              args: [--port=80]
    ```

    ## After: beside another
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
              image: "web:1.0"
            - name: metrics
              image: "other/exporter-of-web:1.0" # here
              args: [--listen=:80]
    ```

    ## Before: nothing of the old name
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
              image: "quay.io/example/collector:1.0" # here
    ```

    ## After: nothing of the old name
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
              image: "quay.io/other/gatherer:4.0" # here
    ```

    ## Not this: it only moved
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
              image: "quay.io/other/example-collector:1.1"
    ```
    """

    id = "image-replaced"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever has set arguments, variables or files for the old program"
    advice = "tell what takes the place of what was set"
    topics = ("image",)
    what = "another program runs"

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Whether the image and what it is started with are others."""
        return is_replaced(change, pair)

    def step(self, found: Sequence[FieldChange], pair: ObjectPair) -> Level | None:
        """Whether it is only what runs beside another container, or in a Job."""
        return None if pair.kind in CONTROLLERS and any(is_of_first(one.old) for one in found) else Level.MINOR
