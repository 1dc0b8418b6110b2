"""Ingresses for controllers that an organization does not run."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple

_ANNOTATION = "kubernetes.io/ingress.class"


class Options(NamedTuple):
    """Which classes there are, and whether one must be named."""

    classes: tuple[str, ...] = ("nginx",)
    required: bool = False


class UnapprovedIngressClass(ObjectRule):
    """An Ingress names a class that the organization does not allow.

    ## Why
    An Ingress whose class has no controller is accepted and never served; one for another controller is published where
    nobody expects it.

    ## Options
    - `classes` (default `nginx`): the classes that may be named.
    - `required` (default `false`): whether a class must be named at all; the cluster's default class serves the others.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      ingressClassName: traefik # here
    ```

    ## Good
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      ingressClassName: nginx
    ```
    """

    id = "unapproved-ingress-class"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    kinds = frozenset({"Ingress"})
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Read the class from the spec, or from the annotation that came before it."""
        at = Pointer(("spec", "ingressClassName"))
        given = text(obj.body, "spec", "ingressClassName")
        if not given and isinstance(obj.annotations.get(_ANNOTATION), str):
            at, given = Pointer(("metadata", "annotations", _ANNOTATION)), obj.annotations[_ANNOTATION]
        allowed = ", ".join(self.options.classes) or "none"
        if given and given not in self.options.classes:
            yield self.fault(Place.on(obj, at), f"the class {given!r} is not allowed", help=f"allowed are: {allowed}")
        elif not given and self.options.required:
            yield self.fault(Place.on(obj, at), "names no ingress class", help=f"name one of: {allowed}")
