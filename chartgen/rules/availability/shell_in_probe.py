"""Probes that start a shell, over and over."""

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The commands that a probe must not run, and the probes that are judged."""

    commands: tuple[str, ...] = ("sh", "bash", "ash", "dash", "zsh")
    probes: tuple[str, ...] = ("startupProbe", "readinessProbe", "livenessProbe")


class ShellInProbe(PodRule):
    """A probe runs a shell or another command that is too much for one.

    ## Why
    An `exec` probe starts a process in the container every few seconds. A shell with a pipeline starts several, counts
    against the container's memory and CPU, and takes longest just when the program is under load. An `httpGet`, `grpc`
    or `tcpSocket` probe costs nothing. Many databases have no other way, so this rule is off unless it is asked for.

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
              livenessProbe:
                exec:
                  command: ["/bin/sh", "-c", "ps aux | grep web"] # here
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
              livenessProbe:
                exec:
                  command: [/bin/web, health]
    ```

    ## Options
    - `commands` (default `[sh, bash, ash, dash, zsh]`): words that must not occur in the command.
    - `probes` (default `[startupProbe, readinessProbe, livenessProbe]`): the probes that are judged.
    """

    id = "shell-in-probe"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    hooks = False
    keys = ("exec",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for the words in the commands of exec probes."""
        for container in pod.containers:
            for probe in self.options.probes:
                command = " ".join(str(word) for word in items(container.body, probe, "exec", "command"))
                words = frozenset(re.findall(r"[\w.-]+", command))
                found = next((word for word in self.options.commands if word in words), None)
                if found:
                    yield self.fault(
                        Place.on(obj, container.at(probe, "exec", "command"), key=True),
                        f"the {probe} of {container.title} runs {found!r}",
                        help="ask the program by httpGet, grpc or tcpSocket",
                    )
