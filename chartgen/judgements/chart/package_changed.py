"""The judgement about all else that is in a package."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.side import VALUES
from chartgen.judgements.base import At, ChartJudgement, Verdict
from chartgen.location import Location

_INSTALLED = frozenset(("template", "crd", "subchart", "schema", "other"))


class PackageChanged(ChartJudgement):
    """A template, the values, or another file that decides what is installed is not the same.

    ## Why
    What that does is judged among the objects; where nothing shows, it may under other values. The bytes of a package
    belong to its version, so the least is a patch.

    ## Before
    ```yaml
    # templates/config.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.level | quote }}
    ```
    ```yaml
    # values.yaml
    level: info
    ```

    ## After
    ```yaml
    # templates/config.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.level | toString | quote }}
    ```
    ```yaml
    # values.yaml
    level: info
    ```

    ## Not this
    ```yaml
    # templates/config.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.level | quote }}
    ```
    ```yaml
    # values.yaml
    # How much is logged.
    level: info
    ```
    """

    id = "package-changed"
    level = Level.PATCH

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the first file."""
        found = [file for file in both.files if file.use in _INSTALLED or file.path.endswith(".lock")]
        if not both.values.is_same_data:
            found += [file for file in both.files if file.path == VALUES]
        if not found:
            return
        first = found[0]
        where = At.file(Location(first.path))
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        yield self.verdict(
            f"{first.path}{more} {'differ' if more else 'differs'}",
            subject="package",
            old=where if first.kind != "added" else None,
            new=where if first.kind != "removed" else None,
        )
