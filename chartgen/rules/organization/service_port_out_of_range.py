"""Service ports beyond what an organization allows."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import service_ports
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The lowest and the highest port."""

    lowest: int = 1
    highest: int = 32767


class ServicePortOutOfRange(ObjectRule):
    """A Service listens on a port outside the range that the organization allows.

    ## Why
    Firewalls between clusters and gateways are often opened for a range of ports only. Which one, only the organization
    can tell.

    ## Options
    - `lowest` (default 1): the lowest port.
    - `highest` (default 32767): the highest port.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: 80 # here
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      service-port-out-of-range:
        lowest: 32000
        highest: 33000
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: 80
    ```
    """

    id = "service-port-out-of-range"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    kinds = frozenset({"Service"})
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare each port with the range."""
        for at, port in service_ports(obj):
            number = port.get("port")
            if isinstance(number, int) and not self.options.lowest <= number <= self.options.highest:
                yield self.fault(
                    Place.on(obj, at / "port"),
                    f"port {number} is outside {self.options.lowest}-{self.options.highest}",
                    help="choose a port within the range",
                )
