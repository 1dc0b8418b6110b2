"""Workloads among those of Kubernetes itself."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import WORKLOADS
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which namespaces belong to Kubernetes."""

    namespaces: tuple[str, ...] = ("kube-system", "kube-public", "kube-node-lease")


class SystemNamespace(ObjectRule):
    """A template puts a workload into a namespace of Kubernetes itself.

    ## Why
    In `kube-system` run the parts of the cluster: policies, quotas and network rules make exceptions for it, and
    whoever may change workloads there may take over the nodes. A release that is installed there on purpose says so
    with `--namespace`.

    ## Options
    - `namespaces` (default `kube-system`, `kube-public`, `kube-node-lease`): where no workload may go.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: agent
      namespace: kube-system # here
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: agent
      namespace: {{ .Release.Namespace }}
    ```
    """

    id = "system-namespace"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = WORKLOADS
    keys = ("namespace",)
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the workload's namespace, unless it is the release's."""
        if obj.namespace in {*self.options.namespaces} - {"", ctx.chart.options.namespace}:
            yield self.fault(
                Place.on(obj, Pointer(("metadata", "namespace"))),
                f"runs in {obj.namespace}, among the parts of Kubernetes",
                help="leave metadata.namespace out, or use {{ .Release.Namespace }}",
            )
