"""Private images that nobody may pull."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.images._places import is_from
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which images are private."""

    registries: tuple[str, ...] = ()


class MissingImagePullSecret(PodRule):
    """A pod names no credentials for its image's registry.

    ## Why
    A private image cannot be pulled without `imagePullSecrets`, on the pod or on its ServiceAccount, unless the nodes
    themselves may pull it. Only the house knows which registries are private.

    ## Options
    - `registries` (default all): registries, or repositories, whose images are private; patterns as in a shell.

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
              image: registry.example.com/web:1.2.0 # here
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-image-pull-secret:
        registries: [registry.example.com]
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
          imagePullSecrets:
            - name: registry
          containers:
            - name: web
              image: registry.example.com/web:1.2.0
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-image-pull-secret:
        registries: [registry.example.com]
    ```

    ## Good: a public image
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
              image: example/web:1.2.0
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-image-pull-secret:
        registries: [registry.example.com]
    ```
    """

    id = "missing-image-pull-secret"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for credentials on the pod, and on its account where the chart renders it."""
        account = ctx.named("ServiceAccount", text(pod.body, "serviceAccountName"), namespace=obj.namespace)
        if items(pod.body, "imagePullSecrets") or (account is not None and items(account.body, "imagePullSecrets")):
            return
        for container in pod.containers:
            image = container.image
            if image.repository and (not self.options.registries or is_from(image, self.options.registries)):
                yield self.fault(
                    Place.on(obj, container.at("image")),
                    f"{container.title} runs {image.text!r}, for which the pod has no credentials",
                    help="name a Secret in imagePullSecrets, on the pod or on its ServiceAccount",
                )
                return
