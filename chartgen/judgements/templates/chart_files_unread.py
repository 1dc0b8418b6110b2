"""The judgement about files in the chart's own folder that templates no longer look for."""

import re
from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.side import Side
from chartgen.judgements.base import At, ChartJudgement, Verdict
from chartgen.location import Location

_GLOB = r"\.Glob\s+[\"`]([^\"`]+)[\"`]"
_COMPUTED = r"\.Glob\s+[^\"`\s]"
_OF_NOBODY = r"(?i)readme|\."
"""Files that say what a folder is for, or keep it."""


class ChartFilesUnread(ChartJudgement):
    """Templates no longer look for files that users put into the chart's own folder.

    ## Why
    ``.Files.Glob "files/initdb.d/*"`` invites whoever keeps a copy of the chart to put files of their own there. After
    the upgrade they are in nobody's ConfigMap, and nothing says so: bitnami/mongodb 8.0.0 and bitnami/mysql 8.0.0 left
    scripts to a value instead. Another pattern for the same folder is no event, and a folder in which the chart has
    files of its own (dashboards, rules) is no invitation.

    ## Before
    ```yaml
    # templates/scripts.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: scripts
    data:
      {{- (.Files.Glob "files/initdb.d/*.sql").AsConfig | nindent 2 }} # here
      {{- (.Files.Glob "files/conf.d/*").AsConfig | nindent 2 }}
    ```

    ## After
    ```yaml
    # templates/scripts.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: scripts
    data:
      {{- (.Files.Glob "files/conf.d/*").AsConfig | nindent 2 }}
    ```

    ## Not this
    ```yaml
    # templates/scripts.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: scripts
    data:
      {{- (.Files.Glob "files/initdb.d/*.{sql,sh}").AsConfig | nindent 2 }}
      {{- (.Files.Glob "files/conf.d/*").AsConfig | nindent 2 }}
    ```

    ## Not this
    ```yaml
    # templates/scripts.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: scripts
    data:
      {{- (.Files.Glob "files/**.sql").AsConfig | nindent 2 }}
    ```

    ## Not this
    ```yaml
    # templates/scripts.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: scripts
    data:
      {{- (.Files.Glob (printf "%s/*.sql" .Values.folder)).AsConfig | nindent 2 }}
    ```

    ## Before: files of its own
    ```yaml
    # templates/scripts.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: scripts
    data:
      {{- (.Files.Glob "files/dashboards/*.json").AsConfig | nindent 2 }}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: more
    data:
      {{- (.Files.Glob "files/initdb.d/*.sql").AsConfig | nindent 2 }} # here
    ```
    ```yaml
    # files/dashboards/web.json
    {}
    ```
    ```yaml
    # files/initdb.d/README.md
    Put your own scripts here.
    ```

    ## After: files of its own
    ```yaml
    # templates/scripts.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: scripts
    data:
      web.json: {{ .Files.Get "files/dashboards/web.json" | quote }}
    ```
    ```yaml
    # files/dashboards/web.json
    {}
    ```

    ## Not this: files of its own
    ```yaml
    # templates/scripts.yaml
    {{- $files := .Files }}
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: scripts
    data:
      web.json: {{ .Files.Get "files/dashboards/web.json" | quote }}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: more
    data:
      {{- ($files.Glob "files/initdb.d/*").AsConfig | nindent 2 }}
    ```
    ```yaml
    # files/dashboards/web.json
    {}
    ```
    """

    id = "chart-files-unread"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever keeps a copy of the chart with files of their own in it"
    advice = "tell where the files are given now"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the first template that looked for files of a folder."""
        before = tuple(_globs(both.old))
        if not before or any(re.search(_COMPUTED, text) for _, text in _templates(both.new)):
            return  # one that is computed may look anywhere
        patterns = [pattern for pattern, _ in _globs(both.new)]
        folders = {_folder(pattern) for pattern in patterns}
        below = {_folder(pattern) for pattern in patterns if "**" in pattern}
        own = {
            folder for path in both.old.chart.files if not re.match(_OF_NOBODY, _name(path)) for folder in _around(path)
        }
        for pattern, place in before:
            folder = _folder(pattern)
            if folder in folders or folder in own or any(one in below for one in _around(folder)):
                continue
            folders.add(folder)
            yield self.verdict(f"no template looks for files like {pattern!r} any more", old=At.file(place))


def _templates(side: Side) -> Iterator[tuple[str, str]]:
    """The chart's own templates that look for files by a pattern."""
    for path in side.chart.files:
        text = (side.chart.text(path) or "") if path.startswith("templates/") else ""
        if ".Glob" in text:
            yield path, text


def _globs(side: Side) -> Iterator[tuple[str, Location]]:
    """The patterns of several files that the chart's own templates look for, and where."""
    for path, text in _templates(side):
        for match in re.finditer(_GLOB, text):
            if "*" in match[1]:
                yield match[1], Location(path, text.count("\n", 0, match.start()) + 1)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _around(path: str) -> Iterator[str]:
    """The folders that a path is in; ``""`` is that of the chart."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _folder(pattern: str) -> str:
    """The folder in which a pattern looks: ``files/initdb.d`` of ``files/initdb.d/*.sql``."""
    return pattern.partition("*")[0].rpartition("/")[0].removeprefix("./")
