"""Rendered documents that are no Kubernetes objects."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule

_HELP = {
    "no-kind": "set 'kind'",
    "no-api-version": "set 'apiVersion'",
    "not-a-mapping": "put objects only, separated by lines of '---'",
}

_GLUED = "; a '-}}' above may have glued it to a comment"


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
    troubles = ("not-a-mapping", "no-kind", "no-api-version")

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report lists, bare texts, and objects without kind or apiVersion."""
        is_rendered = bool(ctx.chart.chart.files)  # plain manifests have no chart
        for bad in ctx.bad:
            if bad.kind != "yaml":
                message = bad.message if is_rendered else bad.message.replace("renders", "holds", 1)
                cure = _HELP.get(bad.kind, "") + (_GLUED if is_rendered and bad.kind.startswith("no-") else "")
                yield self.fault(Place.rendered(bad.source, bad.line, bad.column), message, help=cure)
