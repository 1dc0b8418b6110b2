"""Containers without the environment variables that an organization demands."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.organization._settings import Wanted
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which variables are demanded."""

    variables: tuple[str, ...] = ()


class MissingEnvVar(PodRule):
    """A container lacks an environment variable that the organization demands.

    ## Why
    Agents and libraries that every application has to use are often set up by variables: where to send traces, which
    proxy to take, which devices are visible. Which ones, only the organization can tell. What comes from `envFrom` is
    not known, so a container with one is passed over.

    ## Options
    - `variables` (default none): names that must be set; `NAME=expression` also asks for a value in which the regular
      expression is found, unless it comes from elsewhere.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web # here
          image: example/web:1.2.0
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-env-var:
        variables: [OTEL_SERVICE_NAME]
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
            - name: OTEL_SERVICE_NAME
              value: web
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-env-var:
        variables: [OTEL_SERVICE_NAME]
    ```
    """

    id = "missing-env-var"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for each variable in the containers that keep running."""
        for container in pod.containers:
            if not container.long_running or items(container.body, "envFrom"):
                continue
            env = [variable for variable in items(container.body, "env") if isinstance(variable, dict)]
            values = {text(one, "name"): text(one, "value") for one in env if "valueFrom" not in one}
            elsewhere = {text(one, "name"): "" for one in env if "valueFrom" in one}
            for wanted in map(Wanted.parse, self.options.variables):
                if wanted.found_in(values) or Wanted(wanted.key, "").found_in(elsewhere):
                    continue
                said = f"{wanted.key}={values[wanted.key]!r}" if wanted.key in values else f"no {wanted.key}"
                yield self.fault(
                    Place.on(obj, container.at("env")),
                    f"{container.title} has {said}, wanted is {wanted}",
                    help="set it in env",
                )
