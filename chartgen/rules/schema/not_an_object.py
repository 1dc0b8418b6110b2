"""Rendered documents that are no Kubernetes objects."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule

_HELP = {
    "no-kind": "set 'kind'; a '-}}' above may have glued it to a comment",
    "no-api-version": "set 'apiVersion'; a '-}}' above may have glued it to a comment",
    "not-a-mapping": "render objects only, separated by lines of '---'",
}


class NotAnObject(ScenarioRule):
    """A template renders a document that is not a Kubernetes object.

    ## Why
    Without `apiVersion` and `kind` the API cannot know what is meant, and Helm refuses the release. It often happens
    that a `-}}` in front of `apiVersion` takes the new line away and the key ends up in a comment.

    ## Bad
    ```yaml
    # the app's settings, for {{ .Chart.Name -}}
    apiVersion: v1
    kind: ConfigMap # here
    metadata:
      name: app
    ```

    ## Good
    ```yaml
    # the app's settings, for {{ .Chart.Name }}
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    ```
    """

    id = "not-an-object"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report lists, bare texts, and objects without kind or apiVersion."""
        for bad in ctx.bad:
            if bad.kind != "yaml":
                place = Place.rendered(bad.source, bad.line, bad.column)
                yield self.fault(place, bad.message, help=_HELP.get(bad.kind, ""))
