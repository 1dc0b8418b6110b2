"""What Helm's own lint says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location, Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile

_REPORTED_ELSEWHERE = (
    # Failures to load, render and parse, which our own renders report with their scenario and place.
    r"(?:template|parse|execution) error|^template: |rendering failed|executing \"|unable to parse YAML",
    r"^(?:- )?at '|^error converting YAML|^yaml: |values don't meet the specifications|^unable to load chart",
    r"^cannot load |^validation: |chart\.metadata\.|^failed to parse values|^error unpacking subchart",
    r"^chart file .* is larger than the maximum|^version '.*' is not a valid SemVer$|^version '' is not a valid",
    r"^(?:name|version) is required$|^chart name \".*\" is invalid$|^a maintainer entry is empty",
    # missing-dependency, undeclared-subchart, invalid-dependency
    r"^chart (?:directory|metadata) is missing these dependencies|^multiple dependencies with name or alias",
    # missing-chart-key. Nobody installs a chart for its icon; the message is the one most complained about
    # (helm/helm#5758).
    r"^icon is recommended",
    # unknown-chart-key, duplicate-value
    r"unknown field \"|key \".*\" already set in map",
    # unquoted-chart-version, loose-chart-version
    r"^(?:version|appVersion) should be of type string|is not a valid SemVerV2$|^version \".*\" is less than or equal",
    # chart-refused, chart-api-too-old
    r"^apiVersion '.+' is not valid|are? not valid in (?:the Chart file with )?apiVersion|^chart type is not valid",
    # invalid-maintainer, invalid-chart-url
    r"^each maintainer requires a name|^invalid (?:email|url) '|^invalid (?:source|icon) URL '",
    # chart-without-templates, unexpected-template-file, missing-values-file
    r"^directory does not exist$|^file extension '.*' not valid|^file does not exist$",
    # invalid-crd-file
    r"^apiVersion is not in 'apiextensions.k8s.io'|^object kind is not 'CustomResourceDefinition'|^not a directory$",
    # indented-document, resource-policy-in-list
    r"^document starts with an illegal indent|within List objects are ignored$",
    # invalid-object-name, missing-selector
    r"^object name does not conform|must contain matchLabels or matchExpressions",
    # removed-api, deprecated-api
    r"is deprecated(?: in| since|, )",
)
_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO}
_KEY = r"(?:chart )?(name|version|apiVersion|appVersion|icon|type|dependencies|kubeVersion|home)\b"
_TEMPLATE = r"^(?:\[?templates/\]? )?(?P<file>(?:templates|crds)/[^\s:]+)"


class HelmLint(ChartRule):
    """Helm's own lint complains.

    ## Why
    `helm lint` is what the chart's users and most pipelines run. Its messages are repeated here unless another rule
    says the same with a better place, as is so with nearly all that today's Helm can say.

    ## Bad
    ```yaml
    # Chart.yaml
    name: example
    version: 1.0.0
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    ```
    """

    id = "helm-lint"
    severity = Severity.WARNING
    profile = Profile.BASELINE

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Repeat each message that no other rule reports, with Helm's severity."""
        texts = {" ".join(message.message.split()) for message in ctx.helm_messages}
        for message in ctx.helm_messages:
            text = " ".join(message.message.split())
            # chart-does-not-load, values-rejected: all that Helm finds wrong in values.yaml and its schema.
            elsewhere = message.path.strip("/").removeprefix(".") == "values.yaml" and message.severity == "error"
            elsewhere = elsewhere or text.removesuffix("V2") in texts - {text}
            if text and not elsewhere and not any(re.search(pattern, text) for pattern in _REPORTED_ELSEWHERE):
                place = Place.in_file(_where(ctx, message.path, text))
                yield self.fault(place, text, severity=_SEVERITIES.get(message.severity))


def _where(ctx: ChartContext, path: str, text: str) -> Location:
    """Helm names a file at best; the line is that of the key its message begins with, or says that it is unknown."""
    path = path.strip("/").removeprefix(".")
    if path == "Chart.yaml" and (match := re.match(_KEY, text)):
        location = ctx.locate(path, Pointer((match[1],)), key=True)
        return location if location.exact else Location(path)
    if path in ctx.chart.files:
        return Location(path)
    match = re.match(_TEMPLATE, path) or re.match(_TEMPLATE, text)
    if match and match["file"] in ctx.chart.files:
        return Location(match["file"])
    return Location(path or "Chart.yaml")
