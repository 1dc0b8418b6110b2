"""Gatekeeper constraints that let in more registries than they name."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class OpenRepositoryPrefix(ObjectRule):
    """A Gatekeeper constraint allows every registry whose name begins with an allowed one.

    ## Why
    `K8sAllowedRepos` compares beginnings: `registry.example.com` also allows `registry.example.com.evil.example/app`,
    and `docker.io/acme` allows `docker.io/acme-of-others`. A slash at the end closes the name.

    ## Bad
    ```yaml
    apiVersion: constraints.gatekeeper.sh/v1beta1
    kind: K8sAllowedRepos
    metadata:
      name: registries
    spec:
      parameters:
        repos:
          - registry.example.com # here
    ```

    ## Good
    ```yaml
    apiVersion: constraints.gatekeeper.sh/v1beta1
    kind: K8sAllowedRepos
    metadata:
      name: registries
    spec:
      parameters:
        repos:
          - registry.example.com/
    ```
    """

    id = "open-repository-prefix"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"K8sAllowedRepos"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for entries that neither end with a slash nor name one image by tag or digest."""
        for index, entry in enumerate(items(obj.body, "spec", "parameters", "repos")):
            if isinstance(entry, str) and not entry.endswith("/") and ":" not in entry.rpartition("/")[2]:
                yield self.fault(
                    Place.on(obj, Pointer(("spec", "parameters", "repos", index))),
                    f"allows every image that begins with {entry!r}",
                    help=f"write {entry}/",
                )
