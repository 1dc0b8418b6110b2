"""Kinds of objects that an organization does not want in charts."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which kinds are forbidden."""

    kinds: tuple[str, ...] = ("Namespace", "v1/Pod", "policy/*/PodSecurityPolicy")


class ForbiddenKind(ObjectRule):
    """A chart renders an object of a kind that the organization forbids.

    ## Why
    Who runs a cluster keeps some kinds to itself: namespaces, quotas, webhooks, whatever is bound to all namespaces.
    Which ones, only the organization can tell. Hooks and tests count as well.

    ## Options
    - `kinds` (default `Namespace`, `v1/Pod`, `policy/*/PodSecurityPolicy`): patterns for `Kind`, `version/Kind` or
      `group/version/Kind`.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Namespace # here
    metadata:
      name: web
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    ```
    """

    id = "forbidden-kind"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the kind, alone or behind its API version, with each pattern."""
        whole = f"{obj.api_version}/{obj.kind}"
        for pattern in self.options.kinds:
            if fnmatchcase(whole if "/" in pattern else obj.kind, pattern):
                yield self.fault(
                    Place.on(obj, Pointer(("kind",))),
                    f"objects of {whole} are forbidden here",
                    help="leave it to whoever runs the cluster",
                )
                return
