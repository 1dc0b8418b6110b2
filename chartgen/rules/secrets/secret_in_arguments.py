"""Passwords on command lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.secrets._credentials import credentials
from chartgen.rules.secrets._names import is_literal_secret, names_a_key, names_a_secret

_OPTION = r"--?([A-Za-z][\w.-]*)=(\S+)\Z"
_NAME = r"--?([A-Za-z][\w.-]*)\Z"


class SecretInArguments(PodRule):
    """A container's command line holds a secret.

    ## Why
    Command lines are shown by `ps` to every process of the pod, by `kubectl describe` to everyone who may read pods,
    and stand in crash reports. Options whose names promise a secret (`--password`, `--api-key`) and tokens that can
    be told by their shape count; references such as `$(DB_PASSWORD)`, which Kubernetes fills in from the environment,
    do not.

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
              args:
                - --port=8080
                - --db-password=hunter2 # here
                - --admin-token
                - s3cr3t-token # here
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
              args:
                - --port=8080
                - --db-password=$(DB_PASSWORD)
                - --admin-token-file=/run/secrets/token
                - --api-secret-key=admin-password
              env:
                - name: DB_PASSWORD
                  valueFrom:
                    secretKeyRef:
                      name: web
                      key: password
    ```
    """

    id = "secret-in-arguments"
    severity = Severity.ERROR
    profile = Profile.RECOMMENDED
    keys = ("command", "args")

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Read the command and the arguments of each container as options with values."""
        for container in pod.containers:
            for field in ("command", "args"):
                words = [word if isinstance(word, str) else "" for word in items(container.body, field)]
                for index, word in enumerate(words):
                    what = _secret_in(word, words[index - 1] if index else "")
                    if what:
                        yield self.fault(
                            Place.on(obj, container.at(field, index)),
                            f"{container.title} has {what} on its command line",
                            help="put it in a Secret, and hand it over in a file or as $(VARIABLE)",
                        )


def _secret_in(word: str, before: str) -> str:
    """What a word of a command line gives away, after the word before it; ``""`` for nothing."""
    option = re.match(_OPTION, word) if word.startswith("-") else None
    name = re.match(_NAME, before) if before.startswith("-") else None
    if option and _gives(option[1], option[2]):
        return f"the secret --{option[1]}"
    if name and not word.startswith("-") and _gives(name[1], word):
        return f"the secret --{name[1]}"
    found = next(credentials(word), None) if len(word) >= 20 else None
    return str(found) if found else ""


def _gives(name: str, value: str) -> bool:
    return names_a_secret(name) and is_literal_secret(value) and not names_a_key(name, value)
