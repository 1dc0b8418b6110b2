"""Passwords written into a pod."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.secrets._credentials import credentials
from chartgen.rules.secrets._names import holds_private_key, is_literal_secret, names_a_secret
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which names promise a secret."""

    names: tuple[str, ...] = ()


class LiteralSecretInEnv(PodRule):
    """A container's environment holds a secret in plain text.

    ## Why
    Everyone who may read pods reads it, and it shows in `kubectl describe`, in the release's history and in every
    rendered manifest somebody keeps. A Secret has permissions of its own and can be encrypted, rotated and left out
    of version control. Names that end in `PASSWORD`, `TOKEN`, `API_KEY` and the like count, and tokens that can be
    told by their shape; `PASSWORD_FILE`, empty values, switches and references such as `$(DB_PASSWORD)` do not.

    ## Options
    - `names` (default none): patterns for names, whatever their case, as in a shell: `*secret*`. With them every value
      that is not empty counts, private keys do, and no other name does.

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
                - name: DB_USER
                  value: web
                - name: DB_PASSWORD
                  value: {{ .Values.database.password | quote }} # here
    ```
    ```yaml
    # values.yaml
    database:
      password: hunter2
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
                - name: DB_PASSWORD
                  valueFrom:
                    secretKeyRef:
                      name: web-database
                      key: password
                - name: SMTP_PASSWORD_FILE
                  value: /run/secrets/smtp
                - name: ALLOW_EMPTY_PASSWORD
                  value: "yes"
    ```
    """

    id = "literal-secret-in-env"
    severity = Severity.ERROR
    profile = Profile.RECOMMENDED
    keys = ("env",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the literal values of variables whose names promise a secret."""
        for container in pod.containers:
            for index, variable in enumerate(items(container.body, "env")):
                name, value = text(variable, "name"), text(variable, "value")
                what = self._secret(name, value)
                if what:
                    yield self.fault(
                        Place.on(obj, container.at("env", index, "value")),
                        f"{container.title} has {what} in plain text",
                        help="put it in a Secret and refer to it with valueFrom.secretKeyRef",
                    )

    def _secret(self, name: str, value: str) -> str:
        """What a variable gives away, or ``""``."""
        if self.options.names:
            if holds_private_key(value):
                return f"a private key in {name}"
            matches = any(fnmatchcase(name.lower(), pattern.lower()) for pattern in self.options.names)
            return f"the secret {name}" if matches and value else ""
        if (names_a_secret(name) and is_literal_secret(value)) or holds_private_key(value):
            return f"the secret {name}"
        found = next(credentials(value), None) if len(value) >= 20 else None
        return f"{found} in {name}" if found else ""
