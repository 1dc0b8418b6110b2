"""Images that may be another program tomorrow."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple

_MOVING = (
    "latest", "main", "master", "head", "trunk", "dev", "develop", "devel", "edge", "nightly", "canary", "unstable",
)  # fmt: skip


class Options(NamedTuple):
    """Which tags move."""

    tags: tuple[str, ...] = _MOVING
    port_is_tag: bool = False
    no_image: bool = False
    empty_tag: bool = False


class FloatingImageTag(PodRule):
    """A container runs an image whose tag can move.

    ## Why
    A pod that restarts tomorrow may run other code than the pod beside it, an update nobody decided on, and a
    rollback brings nothing back. No tag means `latest`. Tags that name a branch (`main`, `edge`, `nightly`) move as
    well. A digest never does, whatever the tag beside it. The image `auto`, which Istio's injector replaces, is not
    reported.

    ## Options
    - `tags` (default `latest`, and the names of branches, in capitals too): the tags that are reported.
    - `port-is-tag` (default false): pass over images without a tag whose registry has a port (`localhost:5000/app`), as
      some other linters do.
    - `no-image` (default false): report containers without any image, too.
    - `empty-tag` (default false): report images that end in a colon, too, which no runtime accepts.

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
            - name: migrate
              image: registry.example.com:5000/migrate # here
          containers:
            - name: web
              image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}" # here
    ```
    ```yaml
    # values.yaml
    image:
      repository: ghcr.io/example/web
      tag: latest
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
              image: ghcr.io/example/web:1.2.0
    ```

    ## Good: a digest
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: web:latest@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1
    ```
    """

    id = "floating-image-tag"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the tag of each image that has no digest."""
        for container in pod.containers:
            image = container.image
            if self.options.no_image and not image.text:
                yield self.fault(
                    Place.on(obj, container.at("image")), f"{container.title} has no image", help="name a version"
                )
            ends_early = image.text.endswith(":")
            if not image.repository or image.digest or image.text == "auto":
                continue
            if ends_early and not self.options.empty_tag:
                continue
            if not image.tag and self.options.port_is_tag and ":" in image.text and not ends_early:
                continue
            if not image.tag:
                message = f"{container.title} runs {image.text!r}, which has no tag and so means latest"
            elif self._moves(image.tag):
                message = f"{container.title} runs {image.text!r}, whose tag can move"
            else:
                continue
            yield self.fault(
                Place.on(obj, container.at("image")), message, help="name a version, or pin the image by digest"
            )

    def _moves(self, tag: str) -> bool:
        """Whether a tag is one of those that are reported; those of our own list in capitals too."""
        return tag in self.options.tags or (self.options.tags is _MOVING and tag.lower() in _MOVING)
