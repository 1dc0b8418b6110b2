"""Services for the same pods."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule
from chartgen.rules.lookup import is_headless, namespace
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which Services are compared."""

    headless: bool = False


class ServicesSelectAlike(ScenarioRule):
    """Two Services select with the same labels.

    ## Why
    Both send requests to the same pods, which is what was meant for a headless Service beside an ordinary one, or for
    two kinds of access. Where one was copied from the other and its selector forgotten, a component gets the requests
    of another. Off unless it is asked for.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: api
    spec:
      selector: # here
        app: web
      ports:
        - port: 80
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web-headless
    spec:
      clusterIP: None
      selector:
        app: web
      ports:
        - port: 80
    ```

    ## Options
    - `headless` (default false): headless Services are compared as well.
    """

    id = "services-select-alike"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    kinds = frozenset({"Service"})
    options: Options = Options()

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each Service whose selector another one had before."""
        seen: dict[tuple[object, ...], RenderedObject] = {}
        for obj in ctx.of_kind("Service"):
            selector = mapping(obj.body, "spec", "selector")
            if not selector or (is_headless(obj) and not self.options.headless):
                continue
            key = (namespace(obj, ctx), *sorted((name, str(value)) for name, value in selector.items()))
            first = seen.setdefault(key, obj)
            if first is not obj:
                yield self.fault(
                    Place.on(obj, Pointer(("spec", "selector")), key=True),
                    f"selects the same pods as {first.ref}",
                    help="select by a label that only its own pods have",
                    related=((Place.on(first, Pointer(("spec", "selector")), key=True), "the other selector"),),
                )
