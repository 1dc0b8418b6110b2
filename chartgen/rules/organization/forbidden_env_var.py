"""Environment variables that an organization does not want."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.organization._settings import Wanted
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which variables are forbidden."""

    variables: tuple[str, ...] = ("LD_PRELOAD", "DISABLE_OPA=^true$")


class ForbiddenEnvVar(PodRule):
    """A container sets an environment variable that the organization forbids.

    ## Why
    Variables switch protections off and load code into every process of a container. Which ones must not be set, only
    the organization can tell.

    ## Options
    - `variables` (default `LD_PRELOAD`, `DISABLE_OPA=^true$`): patterns for names; `NAME=expression` forbids only
      values in which the regular expression is found.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
          env:
            - name: DISABLE_OPA # here
              value: "true"
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
          env:
            - name: DISABLE_OPA
              value: "false"
    ```
    """

    id = "forbidden-env-var"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    keys = ("env",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare each variable with what is forbidden; one whose value comes from elsewhere has the value ``""``."""
        forbidden = [Wanted.parse(entry) for entry in self.options.variables]
        for container in pod.containers:
            for index, variable in enumerate(items(container.body, "env")):
                name = text(variable, "name")
                if name and any(wanted.found_in({name: text(variable, "value")}) for wanted in forbidden):
                    yield self.fault(
                        Place.on(obj, container.at("env", index, "name")),
                        f"{container.title} sets {name}, which is forbidden here",
                        help="remove the variable",
                    )
