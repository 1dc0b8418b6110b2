"""Images from places that an organization does not trust."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.images._places import full_name, is_from
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Where images may come from."""

    allowed: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()


class UnapprovedRegistry(PodRule):
    """A container's image comes from a place that the organization does not allow.

    ## Why
    Images from one's own registry are scanned, mirrored and still there tomorrow. What is allowed is a registry
    (`registry.example.com`), a part of it (`docker.io/library`) or one image; names are completed as container
    runtimes do, so that `nginx` is `docker.io/library/nginx`.

    ## Options
    - `allowed` (default all): registries, parts of them or images; patterns as in a shell.
    - `blocked` (default none): places of which no image may come, even below an allowed one.

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
              image: registry.example.com/web:1.2.0
            - name: proxy
              image: nginx:1.29.0 # here
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      unapproved-registry:
        allowed: [registry.example.com]
    ```

    ## Bad: what is blocked
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: dashboard
              image: kubernetesui/dashboard:v2.7.0 # here
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      unapproved-registry:
        blocked: [docker.io/kubernetesui]
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
              image: registry.example.com/web:1.2.0
            - name: proxy
              image: nginx:1.29.0
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      unapproved-registry:
        allowed: [registry.example.com, docker.io/library]
    ```
    """

    id = "unapproved-registry"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare each image with what is allowed and what is blocked."""
        allowed, blocked = self.options.allowed, self.options.blocked
        for container in pod.containers:
            image = container.image
            if not image.repository or (not is_from(image, blocked) and (not allowed or is_from(image, allowed))):
                continue
            cure = f"use an image from {', '.join(allowed)}" if allowed else f"use none from {', '.join(blocked)}"
            yield self.fault(
                Place.on(obj, container.at("image")),
                f"{container.title} runs {image.text!r}, which comes from {full_name(image)}",
                help=cure,
            )
