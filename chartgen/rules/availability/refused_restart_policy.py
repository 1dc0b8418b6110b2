"""Pods whose restart policy their owner does not allow."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import CONTROLLERS, PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The policies that are accepted, where others than the API's, and the kinds that are judged."""

    accepted: tuple[str, ...] = ()
    only_kinds: tuple[str, ...] = ()


class RefusedRestartPolicy(PodRule):
    """A pod's restartPolicy is one that the API refuses for its kind.

    ## Why
    Deployments, StatefulSets and DaemonSets keep their pods running: the API accepts `Always` only, the default. Jobs
    and CronJobs end: it accepts `OnFailure` and `Never` only, and the default is refused, so that a Job must name one.
    With server-side apply the whole upgrade fails.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          restartPolicy: OnFailure # here
          containers: []
    ---
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: cleanup
    spec:
      schedule: "0 3 * * *"
      jobTemplate:
        spec:
          template:
            spec: # here
              containers: []
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
          containers: []
    ---
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: cleanup
    spec:
      schedule: "0 3 * * *"
      jobTemplate:
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: []
    ```

    ## Options
    - `accepted` (default none): policies that are accepted instead, for every kind and only when they are written
      out. Without it each kind is judged as the API does.
    - `only-kinds` (default none, which means all): the kinds that are judged.
    """

    id = "refused-restart-policy"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look the policy up among those that the kind accepts."""
        if self.options.only_kinds and obj.kind not in self.options.only_kinds:
            return
        policy = pod.body.get("restartPolicy")
        if self.options.accepted:
            accepted, is_given = self.options.accepted, True
        elif obj.kind in CONTROLLERS:
            accepted, is_given = ("Always",), False
        elif obj.kind == "Pod":
            accepted, is_given = ("Always", "Never", "OnFailure"), False
        else:
            accepted, is_given = ("Never", "OnFailure"), True
        if policy in accepted or (policy in (None, "") and not is_given):
            return
        said = f"has restartPolicy {policy!r}" if policy else "has no restartPolicy"
        yield self.fault(
            Place.on(obj, pod.at("restartPolicy")),
            f"{said}, and a {obj.kind} takes {' or '.join(accepted)}",
            help=f"set restartPolicy to {' or '.join(accepted)}",
            fix=Fix(
                f"set restartPolicy to {accepted[0]}",
                (SetField(pod.at("restartPolicy"), accepted[0]),),
                safe=len(accepted) == 1,
            ),
        )
