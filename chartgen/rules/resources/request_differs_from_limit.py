"""Containers whose pods are the first to go when memory is short."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, PodSpec, get, mapping
from chartgen.kube.quantity import parse
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.resources._requests import Which, chosen, is_unset
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which resources must be requested as they are limited, and by whom."""

    resources: tuple[str, ...] = ("memory",)
    containers: Which = "long-running"
    both_set: bool = False
    explicit: bool = False


class RequestDiffersFromLimit(PodRule):
    """A container may use more of a resource than it requests.

    ## Why
    The scheduler places pods by their requests. Memory above the request is borrowed: when the node runs out, pods that
    use more than they asked for are killed first. Where request and limit are equal the container always gets what it
    may use. For most programs that reserves too much, so this rule is off unless it is asked for. A limit without a
    request is one of the same size.

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
              image: example/web:1.2.0
              resources:
                requests:
                  memory: 128Mi
                limits:
                  memory: 256Mi # here
            - name: proxy
              image: example/proxy:1.2.0
              resources:
                requests:
                  memory: 64Mi # here
    ```

    ## Bad: CPU too
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
              resources:
                requests:
                  cpu: 100m
                limits:
                  cpu: 500m # here
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      request-differs-from-limit:
        resources: [cpu, memory]
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
              resources:
                requests:
                  cpu: 100m
                  memory: 256Mi
                limits:
                  memory: 0.25Gi
    ```

    ## Options
    - `resources` (default `[memory]`): the resources that are compared.
    - `containers` (default `long-running`): `long-running` judges main containers and sidecars, `main` main containers
      only, `all` init containers too.
    - `both-set` (default false): only containers that have a request and a limit, neither of them 0, are compared.
    - `explicit` (default false): a limit without a request differs from it as well; 0 is as good as none.
    """

    id = "request-differs-from-limit"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    hooks = False
    keys = ("requests", "limits")
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare what each container requests with what it may use."""
        for container in chosen(pod, self.options.containers):
            resources = mapping(container.body, "resources")
            for resource in self.options.resources:
                asked, most = get(resources, "requests", resource), get(resources, "limits", resource)
                if asked is None and (most is None or not self.options.explicit):
                    continue
                if self.options.explicit and is_unset(asked) and is_unset(most):
                    continue
                if self.options.both_set and (is_unset(asked) or is_unset(most)):
                    continue
                if asked is None or most is None or parse(asked) != parse(most):
                    part = "requests" if most is None else "limits"
                    yield self.fault(
                        Place.on(obj, container.at("resources", part, resource)),
                        f"{container.title} requests {_said(asked)} of {resource} and is limited to {_said(most)}",
                        help=f"set resources.requests.{resource} and resources.limits.{resource} to the same amount",
                        fix=_fix(container, resource, asked, most),
                    )


def _said(amount: Any) -> str:
    return "nothing" if amount is None else str(amount)


def _fix(container: Container, resource: str, asked: Any, most: Any) -> Fix:
    """The limit is what the container was given room for; where there is none, it is the request."""
    part, size = ("limits", asked) if most is None else ("requests", most)
    wanted = SetField(container.at("resources", part, resource), size)
    return Fix(f"request as much {resource} as it is limited to", (wanted,), safe=False)
