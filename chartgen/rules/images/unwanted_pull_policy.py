"""Images that are pulled when the house does not want it."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, Image, PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which policies are wanted, and of what."""

    allowed: tuple[str, ...] = ("Always",)
    explicit: bool = False
    digests: bool = False
    port_is_tag: bool = False


class UnwantedPullPolicy(PodRule):
    """A container's image is pulled by a policy that the house does not want.

    ## Why
    `Always` asks the registry on each start, so that a tag that moved is noticed and nobody uses a private image that
    happens to lie on the node; `IfNotPresent` starts without the registry, which is right for versions that never
    move. Which one is right is for the house to say. Where nothing is set, Kubernetes pulls `latest` always and other
    tags if they are not present.

    ## Options
    - `allowed` (default `Always`): the policies that are wanted.
    - `explicit` (default false): report containers that leave the policy to Kubernetes, whatever it will be.
    - `digests` (default false): ask images that are pinned by digest, too.
    - `port-is-tag` (default false): take the port of a registry for a tag (`localhost:5000/app`), as some linters do.

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
            - name: proxy
              image: example/proxy:1.2.0
              imagePullPolicy: IfNotPresent # here
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
              image: example/web:1.2.0
              imagePullPolicy: Always
            - name: proxy
              image: example/proxy@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1
    ```

    ## Good: another house
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
      unwanted-pull-policy:
        allowed: [IfNotPresent]
    ```
    """

    id = "unwanted-pull-policy"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the policy that applies to each image."""
        for container in pod.containers:
            image = container.image
            if not image.repository or (image.digest and not self.options.digests):
                continue
            said = container.body.get("imagePullPolicy")
            policy = said or ("" if self.options.explicit else self._default(image))
            if policy not in self.options.allowed:
                yield self.fault(
                    Place.on(obj, container.at("imagePullPolicy" if said else "image")),
                    f"{container.title} pulls {image.text!r} by the policy {policy!r}"
                    if policy
                    else f"{container.title} does not say when {image.text!r} is pulled",
                    help=f"set imagePullPolicy: {' or '.join(self.options.allowed)}",
                    fix=_fix(container, self.options.allowed),
                )

    def _default(self, image: Image) -> str:
        """The policy that Kubernetes sets where none is given: by the tag, also beside a digest."""
        tag = image.tag or ("port" if self.options.port_is_tag and ":" in image.repository else "")
        if image.digest and not tag:
            return "IfNotPresent"
        return "Always" if tag in ("", "latest") else "IfNotPresent"


def _fix(container: Container, allowed: tuple[str, ...]) -> Fix | None:
    if not allowed:
        return None
    return Fix(f"pull by the policy {allowed[0]}", (SetField(container.at("imagePullPolicy"), allowed[0]),), safe=False)
