"""Pods that ask the DNS five times for every name outside the cluster."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import PodSpec, get, items
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The resolver option that a pod must have."""

    name: str = "ndots"
    value: str = "2"


class DefaultNdots(PodRule):
    """A pod resolves names with the default search list.

    ## Why
    Names with fewer than five dots are first tried with every suffix of the cluster: each request to `api.example.com`
    costs several DNS queries that fail. `ndots: "2"` asks for such names as they are. Programs that call little outside
    the cluster do not notice, so this rule is off unless it is asked for.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec: # here
          containers: []
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
          dnsConfig:
            options:
              - name: ndots
                value: "2"
          containers: []
    ```

    ## Options
    - `name` (default `ndots`): the option of the resolver that is asked for.
    - `value` (default `"2"`): the value it must have.
    """

    id = "default-ndots"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for the option."""
        wanted = (self.options.name, self.options.value)
        if all((get(one, "name"), get(one, "value")) != wanted for one in items(pod.body, "dnsConfig", "options")):
            yield self.fault(
                Place.on(obj, pod.at("dnsConfig", "options"), key=True),
                f"has no dnsConfig option {wanted[0]}: {wanted[1]!r}",
                help=f"add {wanted[0]} to dnsConfig.options",
                fix=None if items(pod.body, "dnsConfig", "options") else _fix(pod, wanted),
            )


def _fix(pod: PodSpec, wanted: tuple[str, str]) -> Fix:
    option = {"name": wanted[0], "value": wanted[1]}
    return Fix(f"set {wanted[0]} to {wanted[1]}", (SetField(pod.at("dnsConfig", "options"), [option]),), safe=False)
