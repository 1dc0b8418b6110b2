"""Chart names that make bad object names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.kube.access import is_dns_label
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile

_NAME = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\Z"
_LONGEST = 250


class InvalidChartName(ChartRule):
    """The chart's name has characters that the names of its objects must not have.

    ## Why
    Names and labels are made of the chart's name. Capitals, underscores and dots are refused by Kubernetes where the
    name becomes that of a Service, and by most OCI registries. Helm's conventions allow small letters, digits and
    dashes.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: My_App # here
    version: 1.0.0
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: my-app
    version: 1.0.0
    ```
    """

    id = "invalid-chart-name"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at a name that Helm accepts; one that is missing or holds a slash does not load."""
        name = ctx.data("Chart.yaml").get("name")
        if not isinstance(name, str) or not name or "/" in name or name in (".", ".."):
            return
        if not (is_dns_label(name) or re.match(_NAME, name)) or len(name) > _LONGEST:
            better = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:_LONGEST]
            yield self.fault(
                Place.in_file(ctx.locate("Chart.yaml", Pointer(("name",)))),
                f"the name {name!r} has more than small letters, digits and dashes",
                help=f"write {better}" if better else "use small letters, digits and dashes",
            )
