"""git-sync told to run another program."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class GitSyncBinary(PodRule):
    """A git-sync container is told which program to run as git.

    ## Why
    git-sync runs whatever `GITSYNC_GIT` names, with its own rights and its own credentials. Whoever may
    set values of the chart runs any command in the cluster that way, unseen by a policy that looks at images and
    commands (Akamai, August 2024).

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
            - name: git-sync
              image: registry.k8s.io/git-sync/git-sync:v4.4.0
              env:
                - name: GITSYNC_GIT # here
                  value: /tmp/git
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
            - name: git-sync
              image: registry.k8s.io/git-sync/git-sync:v4.4.0
              env:
                - name: GITSYNC_REPO
                  value: https://git.example.com/web
    ```
    """

    id = "git-sync-binary"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    keys = ("env",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for the variable that replaces git."""
        for container in pod.containers:
            for index, variable in enumerate(items(container.body, "env")):
                if text(variable, "name") == "GITSYNC_GIT":
                    yield self.fault(
                        Place.on(obj, container.at("env", index, "name")),
                        f"{container.title} chooses the program that git-sync runs as git",
                        help="remove GITSYNC_GIT",
                    )
