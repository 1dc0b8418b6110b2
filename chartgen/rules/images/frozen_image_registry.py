"""Images from places that get no more updates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, Image, PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext

_FROZEN = {
    "k8s.gcr.io/": ("was frozen in April 2023", "use registry.k8s.io"),
    "gcr.io/google-containers/": ("gets no more images", "use registry.k8s.io"),
    "gcr.io/google_containers/": ("gets no more images", "use registry.k8s.io"),
    "docker.io/bitnamilegacy/": ("gets no more updates, security fixes included", "use a maintained image"),
}
# Sources: kubernetes.io/blog/2023/03/10/image-registry-redirect, github.com/bitnami/containers/issues/83267.

_BITNAMI = "docker.io/bitnami/"


class FrozenImageRegistry(PodRule):
    """A container's image comes from a place that gets no more updates.

    ## Why
    Kubernetes froze `k8s.gcr.io` in April 2023 in favour of `registry.k8s.io`. Bitnami moved its versioned images
    from `docker.io/bitnami` to `docker.io/bitnamilegacy` in autumn 2025 and no longer updates them there: the old
    names cannot be pulled, the new ones get no security fixes.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          initContainers:
            - name: wait
              image: bitnami/kubectl:1.29.0 # here
          containers:
            - name: pause
              image: k8s.gcr.io/pause:3.6 # here
            - name: database
              image: docker.io/bitnamilegacy/postgresql:16.4.0 # here
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
            - name: pause
              image: registry.k8s.io/pause:3.10
    ```
    """

    id = "frozen-image-registry"
    severity = Severity.WARNING
    profile = Profile.BASELINE

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare each image's place with the known frozen ones."""
        for container in pod.containers:
            found = _frozen(container.image)
            if found:
                what, cure = found
                yield self.fault(
                    Place.on(obj, container.at("image")),
                    f"{container.title} runs {container.image.text!r}, {what}",
                    help=cure,
                    fix=_fix(container),
                )


def _frozen(image: Image) -> tuple[str, str] | None:
    name = image.repository.removeprefix("index.")
    if name.startswith(("bitnami/", "bitnamilegacy/")):
        name = "docker.io/" + name
    if name.startswith(_BITNAMI) and image.tag not in ("", "latest"):
        return "an image moved to docker.io/bitnamilegacy in 2025", "use a maintained image"
    for prefix, (what, cure) in _FROZEN.items():
        if name.startswith(prefix):
            return f"and {prefix.rstrip('/')} {what}", cure
    return None


_SUCCESSOR = r"^(?:k8s\.gcr\.io|gcr\.io/google[-_]containers)/"


def _fix(container: Container) -> Fix | None:
    """The same image where Kubernetes keeps it now; nobody keeps Bitnami's."""
    moved = re.sub(_SUCCESSOR, "registry.k8s.io/", container.image.text)
    if moved == container.image.text:
        return None
    return Fix("pull it from registry.k8s.io", (SetField(container.at("image"), moved),))
