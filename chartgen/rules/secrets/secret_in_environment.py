"""Secrets handed over as variables."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which references count."""

    env_from: bool = True


class SecretInEnvironment(PodRule):
    """A container gets a Secret in its environment.

    ## Why
    Environment variables are inherited by every child process, printed by debug pages and crash reports, and do not
    change when the Secret does. A mounted Secret has a mode, an owner, and follows updates. Many programs take
    nothing but variables, so only houses that ask for it run this rule.

    ## Options
    - `env-from` (default true): report whole Secrets (`envFrom`) too.

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
              env:
                - name: DB_PASSWORD
                  valueFrom:
                    secretKeyRef: # here
                      name: web
                      key: password
              envFrom:
                - secretRef: # here
                    name: web
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
              env:
                - name: DB_PASSWORD_FILE
                  value: /run/secrets/web/password
              volumeMounts:
                - name: secrets
                  mountPath: /run/secrets/web
          volumes:
            - name: secrets
              secret:
                secretName: web
    ```
    """

    id = "secret-in-environment"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    keys = ("secretKeyRef", "secretRef")
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for references to Secrets among the variables of each container."""
        for container in pod.containers:
            for index, variable in enumerate(items(container.body, "env")):
                if isinstance(get(variable, "valueFrom", "secretKeyRef"), dict):
                    yield self.fault(
                        Place.on(obj, container.at("env", index, "valueFrom", "secretKeyRef"), key=True),
                        f"{container.title} gets a Secret in the variable {text(variable, 'name')}",
                        help="mount the Secret as a file, and tell the program where it is",
                    )
            for index, source in enumerate(items(container.body, "envFrom") if self.options.env_from else ()):
                if isinstance(get(source, "secretRef"), dict):
                    yield self.fault(
                        Place.on(obj, container.at("envFrom", index, "secretRef"), key=True),
                        f"{container.title} gets all of Secret {text(source, 'secretRef', 'name')!r} as variables",
                        help="mount the Secret as files, and tell the program where they are",
                    )
