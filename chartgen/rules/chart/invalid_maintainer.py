"""Maintainers whom nobody can reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chartgen.findings import Severity
from chartgen.kube.access import items
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._urls import is_email, is_url


class InvalidMaintainer(ChartRule):
    """A maintainer in Chart.yaml has no name, or an address that is none.

    ## Why
    Helm's lint refuses the chart, and with it most pipelines do; whoever has a question finds nobody.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    maintainers:
      - name: Ann
        email: ann at example.com # here
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    maintainers:
      - name: Ann
        email: ann@example.com
        url: https://example.com/ann
    ```
    """

    id = "invalid-maintainer"
    severity = Severity.ERROR
    profile = Profile.RECOMMENDED
    needs = ("Chart.yaml:maintainers",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Check each entry that Helm can read."""
        for index, person in enumerate(items(ctx.data("Chart.yaml"), "maintainers")):
            for key, message, cure in _faults(person) if isinstance(person, dict) else ():
                location = ctx.locate("Chart.yaml", Pointer(("maintainers", index, key)))
                yield self.fault(Place.in_file(location), message, help=cure)


def _faults(person: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    name, email, url = (person.get(key) for key in ("name", "email", "url"))
    if not name:
        yield "name", "a maintainer has no name", "set name"
    who = f"maintainer {name!r}" if name else "a maintainer"
    if isinstance(email, str) and email and not is_email(email):
        yield "email", f"{who} has the e-mail {email!r}, which is no address", "write it as name@example.com"
    if isinstance(url, str) and url and not is_url(url):
        yield "url", f"{who} has the url {url!r}, which is none", "write it as https://example.com/name"
