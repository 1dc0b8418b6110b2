"""Files in crds/ that are not what Helm expects there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location, Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.yamlread import Document, read_all
from chartgen.yamlscalar import YamlError

_MANIFESTS = (".yaml", ".yml", ".json")
_LARGE = 16 * 1024
"""Characters beyond which a file is not parsed that looks like definitions: they may take seconds."""

# A line break is found sooner than the beginning of a line.
_KIND = re.compile(r"\nkind: *[\"']?CustomResourceDefinition[\"']?\s*$", re.MULTILINE)
_GROUP = re.compile(r"\napiVersion: *[\"']?apiextensions\.k8s\.io/")
_BETWEEN = re.compile(r"\n---.*")
_TEMPLATED = "crds/ holds plain YAML: move it to templates/, or write the value in"


class InvalidCrdFile(ChartRule):
    """A file in `crds/` is no CustomResourceDefinition, or is written as a template.

    ## Why
    Helm sends these files to the cluster as they are, before anything else and never again: `{{ ... }}` is not
    evaluated, and what is no definition is neither upgraded nor removed with the release.

    ## Bad
    ```yaml
    # crds/settings.yaml
    apiVersion: v1
    kind: ConfigMap # here
    metadata:
      name: settings
    ```

    ## Good
    ```yaml
    # crds/backups.yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: backups.example.com
    spec:
      group: example.com
      scope: Namespaced
      names: {kind: Backup, plural: backups}
      versions: []
    ```

    ## Bad: a template
    ```yaml
    # crds/backups.yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: backups.example.com
      labels: {{ .Values.labels }} # here
    ```
    """

    id = "invalid-crd-file"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    needs = ("crds/", "crds")

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Read every manifest below ``crds/``; other files there, such as a README, are left alone by Helm too."""
        if "crds" in ctx.chart.files:
            yield self.fault(Place.in_file(Location("crds")), "is a file, not a folder", help="make it a folder")
        for path in ctx.chart.under("crds"):
            if path.endswith(_MANIFESTS):
                yield from self._file(path, ctx.chart.text(path) or "")

    def _file(self, path: str, content: str) -> Iterator[Fault]:
        is_templated = "{{" in content
        if len(content) > _LARGE and not is_templated and _looks_right(content):
            return
        try:
            documents = read_all(content)
        except YamlError as error:
            place = Place.in_file(Location(path, error.line, error.column))
            cure = _TEMPLATED if is_templated else "correct the YAML"
            yield self.fault(place, f"is not valid YAML: {error.message}", help=cure)
            return
        for document in documents:
            yield from self._document(path, document, is_templated=is_templated)

    def _document(self, path: str, document: Document, *, is_templated: bool) -> Iterator[Fault]:
        body = document.data
        if not isinstance(body, dict):
            place = Place.in_file(document.locate(Pointer(), file=path))
            yield self.fault(place, "holds something that is no object", help="keep only definitions in crds/")
            return
        for at in _templated(body) if is_templated else ():
            place = Place.in_file(document.locate(at, file=path))
            yield self.fault(place, "is written as a template, which Helm does not evaluate in crds/", help=_TEMPLATED)
        group = str(body.get("apiVersion", ""))
        if body.get("kind") != "CustomResourceDefinition" or not group.startswith("apiextensions.k8s.io/"):
            given = f"{group} {body.get('kind')}" if body.get("kind") else "an object without kind"
            yield self.fault(
                Place.in_file(document.locate(Pointer(("kind",)), file=path)),
                f"holds {given}, not a CustomResourceDefinition",
                help="move it to templates/; Helm never upgrades or removes what is in crds/",
            )


def _looks_right(content: str) -> bool:
    """Whether each document says, at the edge of its lines, that it is a definition; comments alone are none."""
    documents = [text for text in _BETWEEN.split(f"\n{content}") if re.search(r"\n[^#\s]", text)]
    return all(_KIND.search(text) and _GROUP.search(text) for text in documents)


def _templated(body: dict[str, object]) -> Iterator[Pointer]:
    """Where metadata is templated in a file that parses all the same: as text, or as a map in a map."""
    metadata = body.get("metadata")
    for key, value in metadata.items() if isinstance(metadata, dict) else ():
        if (isinstance(value, str) and "{{" in value) or (isinstance(value, dict) and _is_action(value)):
            yield Pointer(("metadata", key))


def _is_action(value: dict[str, object]) -> bool:
    """Whether a mapping is what YAML makes of ``{{ .Values.x }}``: one key, itself a mapping in text, without value."""
    return len(value) == 1 and next(iter(value)).startswith(("{", "map["))
