"""Annotations that an organization does not want."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.organization._settings import Wanted, is_of
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What is forbidden, what is allowed all the same, and on which kinds."""

    annotations: tuple[str, ...] = (
        "nginx.ingress.kubernetes.io/*-snippet",
        "nginx.ingress.kubernetes.io/*snippets",
    )
    allowed: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class ForbiddenAnnotation(ObjectRule):
    """An object has an annotation that the organization forbids.

    ## Why
    Some annotations give whoever writes them power over others: a snippet is put into the configuration of the shared
    ingress controller as it is, and can read all of its secrets.

    ## Options
    - `annotations` (default `nginx.ingress.kubernetes.io/*-snippet` and `*snippets`): patterns for keys;
      `key=expression` forbids only values in which the regular expression is found.
    - `allowed` (default none): patterns for keys that are allowed although they are forbidden above.
    - `kinds` (default all): the kinds that are looked at; `workloads` is everything that runs pods.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations:
        nginx.ingress.kubernetes.io/configuration-snippet: | # here
          more_set_headers "X-Frame-Options: DENY";
    ```

    ## Good
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations:
        nginx.ingress.kubernetes.io/ssl-redirect: "true"
    ```

    ## Bad: all but some
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      annotations:
        fluxcd.io/cow: "1"
        fluxcd.io/dig: "2" # here
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      forbidden-annotation:
        annotations: ["fluxcd.io/*"]
        allowed: [fluxcd.io/cow, fluxcd.io/dog]
    ```
    """

    id = "forbidden-annotation"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    keys = ("annotations",)
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare each annotation of the object with what is forbidden."""
        if not is_of(obj.kind, self.options.kinds):
            return
        forbidden = [key for entry in self.options.annotations for key in Wanted.parse(entry).found_in(obj.annotations)]
        for key in dict.fromkeys(forbidden):
            if not any(fnmatchcase(key, pattern) for pattern in self.options.allowed):
                yield self.fault(
                    Place.on(obj, Pointer(("metadata", "annotations", key)), key=True),
                    f"has the annotation {key}, which is forbidden here",
                    help="remove it",
                    fix=Fix(f"remove {key}", (RemoveField(Pointer(("metadata", "annotations", key))),), safe=False),
                )
