"""Containers that are killed before they hear that they should stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import CONTROLLERS, Container, PodSpec, get, items
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext

_SLEEP = re.compile(r"(?:\S*/)?sleep\s+([0-9]+)s?\s*(?:;|&|\Z)")

_DEFAULT_GRACE = 30


class PreStopOutlastsGracePeriod(PodRule):
    """A container's preStop hook sleeps as long as its pod may take to stop, or longer.

    ## Why
    The grace period (`terminationGracePeriodSeconds`, 30 by default) begins with the hook, not after it. When the
    hook takes all of it, the program never gets the signal to finish its work: it is killed with its requests open,
    on every rollout. The API refuses a `sleep` above the grace period altogether.

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
              lifecycle:
                preStop:
                  sleep:
                    seconds: 30 # here
            - name: proxy
              image: example/proxy:1.2.0
              lifecycle:
                preStop:
                  exec:
                    command: [sh, -c, "sleep 60 && nginx -s quit"] # here
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
          terminationGracePeriodSeconds: 45
          containers:
            - name: web
              image: example/web:1.2.0
              lifecycle:
                preStop:
                  sleep:
                    seconds: 15
    ```
    """

    id = "pre-stop-outlasts-grace-period"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = CONTROLLERS
    keys = ("preStop",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare each sleep with the grace period, of which it is a part."""
        grace = pod.body.get("terminationGracePeriodSeconds")
        grace = _DEFAULT_GRACE if grace is None else grace
        if not isinstance(grace, int):
            return
        for container in pod.containers:
            sleep = _sleep(container)
            if sleep is not None and sleep[0] >= grace > 0:
                yield self.fault(
                    Place.on(obj, sleep[1]),
                    f"{container.title} sleeps {sleep[0]} s before it stops, and is killed after {grace} s",
                    help=f"set terminationGracePeriodSeconds well above {sleep[0]}",
                    fix=Fix(
                        f"give the pod {sleep[0] + _DEFAULT_GRACE} s to stop",
                        (SetField(pod.at("terminationGracePeriodSeconds"), sleep[0] + _DEFAULT_GRACE),),
                        safe=False,
                    ),
                )


def _sleep(container: Container) -> tuple[int, Pointer] | None:
    """The seconds a preStop hook begins with sleeping, and where that is said."""
    hook = ("lifecycle", "preStop")
    seconds = get(container.body, *hook, "sleep", "seconds")
    if isinstance(seconds, int):
        return seconds, container.at(*hook, "sleep", "seconds")
    command = [str(word) for word in items(container.body, *hook, "exec", "command")]
    if command[1:2] == ["-c"]:
        command = command[2:3]
    found = _SLEEP.match(" ".join(command).strip())
    return (int(found[1]), container.at(*hook, "exec", "command")) if found else None
