"""Images that are named, not pinned."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class ImageWithoutDigest(PodRule):
    """A container's image is not pinned by digest.

    ## Why
    A tag is a name that its owner can give to another image; a digest is the image. With one, every node runs what
    was tested, and a registry that is broken into cannot change it. Tools such as Renovate keep digests up to date.
    Charts seldom do so by default, so a house must ask for it.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web
              image: example/web:1.2.0 # here
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web
              image: example/web:1.2.0@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1
    ```
    """

    id = "image-without-digest"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for the digest of each image."""
        for container in pod.containers:
            image = container.image
            if image.repository and not image.digest:
                yield self.fault(
                    Place.on(obj, container.at("image")),
                    f"{container.title} runs {image.text!r}, which no digest pins",
                    help="append the digest to the tag: name:tag@sha256:DIGEST",
                )
