"""Environment variables given twice."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.kube.access import PodSpec, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class DuplicateEnvVar(PodRule):
    """A container sets an environment variable twice.

    ## Why
    The last one wins, and which one that is changes with server-side apply, which refuses the list or drops one of the
    two. It usually comes from a variable in the template and the same one in `extraEnv`.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: app
    spec:
      containers:
        - name: app
          image: example/app:1.2.0
          env:
            - name: LOG_LEVEL
              value: info
            - name: LOG_LEVEL # here
              value: debug
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: app
    spec:
      containers:
        - name: app
          image: example/app:1.2.0
          env:
            - name: LOG_LEVEL
              value: debug
    ```
    """

    id = "duplicate-env-var"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    keys = ("env",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report the second of two variables with one name."""
        for container in pod.containers:
            seen: dict[str, int] = {}
            for index, variable in enumerate(items(container.body, "env")):
                name = text(variable, "name")
                if name and name in seen:
                    yield self.fault(
                        Place.on(obj, container.at("env", index, "name")),
                        f"{container.title} sets {name} twice; the last one wins",
                        help="remove one of the two",
                        fix=Fix(f"remove the first {name}", (RemoveField(container.at("env", seen[name])),)),
                    )
                seen[name] = index
