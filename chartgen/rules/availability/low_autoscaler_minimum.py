"""Autoscalers that go down to a single pod."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What is too low, and whether the default is judged."""

    minimum: int = 2
    unset: bool = True


class LowAutoscalerMinimum(ObjectRule):
    """A HorizontalPodAutoscaler may go down to too few pods.

    ## Why
    At night, or after a quiet hour, a single pod is left: the next node drain or crash takes the service away. Without
    `minReplicas` it is 1. Scaling to zero with KEDA is wanted, and another matter.

    ## Bad
    ```yaml
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      minReplicas: 1 # here
      maxReplicas: 5
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
    ```

    ## Good
    ```yaml
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      minReplicas: 2
      maxReplicas: 5
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
    ```

    ## Options
    - `minimum` (default 2): the least `minReplicas` that is enough.
    - `unset` (default true): an autoscaler without `minReplicas` is judged as one with 1.
    """

    id = "low-autoscaler-minimum"
    severity = Severity.INFO
    profile = Profile.STRICT
    kinds = frozenset({"HorizontalPodAutoscaler"})
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare minReplicas with what is enough."""
        least = get(obj.body, "spec", "minReplicas")
        if least is None and self.options.unset:
            least = 1
        if isinstance(least, int) and least < self.options.minimum:
            yield self.fault(
                Place.on(obj, Pointer(("spec", "minReplicas"))),
                f"may go down to {least} {'pod' if least == 1 else 'pods'}, fewer than {self.options.minimum}",
                help=f"set minReplicas to {self.options.minimum} or more",
                fix=Fix(
                    f"keep at least {self.options.minimum} pods",
                    (SetField(Pointer(("spec", "minReplicas")), self.options.minimum),),
                    safe=False,
                ),
            )
