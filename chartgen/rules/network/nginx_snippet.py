"""Ingresses that write into the configuration of the ingress controller."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which snippets are reported."""

    containing: tuple[str, ...] = ()


class NginxSnippet(ObjectRule):
    """An Ingress carries a piece of nginx configuration, or a ConfigMap lets every Ingress do so.

    ## Why
    A snippet is pasted into the configuration of the ingress controller: whoever may create an Ingress can read every
    Secret of the cluster through it (CVE-2021-25742). ingress-nginx ignores such annotations since 1.9 unless
    `allow-snippet-annotations` is switched on, so a chart that relies on one does not do what it says.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations:
        nginx.ingress.kubernetes.io/configuration-snippet: | # here
          more_set_headers "X-Frame-Options: DENY";
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: ingress-nginx
    data:
      allow-snippet-annotations: "true" # here
    ```

    ## Good
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations:
        nginx.ingress.kubernetes.io/custom-headers: web/headers
    ```

    ## Options
    - `containing` (default none): only snippets that contain one of these words are reported (`alias`, `lua_`).
    """

    id = "nginx-snippet"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Ingress", "ConfigMap"})
    keys = ("annotations", "allow-snippet-annotations")
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find annotations that are snippets, and the setting that allows them."""
        words = self.options.containing
        if obj.kind == "ConfigMap":
            if not words and get(obj.body, "data", "allow-snippet-annotations") == "true":
                yield self.fault(
                    Place.on(obj, Pointer(("data", "allow-snippet-annotations"))),
                    "lets every Ingress of the cluster write nginx configuration",
                    help="leave allow-snippet-annotations at false",
                    fix=Fix(
                        "allow no snippets",
                        (SetField(Pointer(("data", "allow-snippet-annotations")), "false"),),
                        safe=False,
                    ),
                )
            return
        for key, value in obj.annotations.items():
            if "snippet" in key and (not words or any(word in str(value) for word in words)):
                yield self.fault(
                    Place.on(obj, Pointer(("metadata", "annotations", key)), key=True),
                    f"writes nginx configuration through the annotation {key.rpartition('/')[2]}",
                    help="use the annotation that is made for it, or leave it to the values",
                )
