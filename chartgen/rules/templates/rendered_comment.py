"""Comments that every release carries along."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.reading import templates
from chartgen.rules.templates._lines import plain_lines
from chartgen.templates.syntax import Piece
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """How much is too much."""

    lines: int = 5


class RenderedComment(ChartRule):
    """A long comment of a template ends up in every release.

    ## Why
    `#` comments are rendered: they are stored with each revision of the release, whose size is limited, and show in
    `helm get manifest` and in every diff. `{{- /* ... */}}` is for whoever reads the template.

    ## Bad
    ```yaml
    # Licensed under the Apache License, Version 2.0 (the "License"); # here
    # you may not use this file except in compliance with the License.
    # You may obtain a copy of the License at
    #     http://www.apache.org/licenses/LICENSE-2.0
    # Unless required by applicable law or agreed to in writing, software
    # distributed under the License is distributed on an "AS IS" BASIS.
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    ```

    ## Good
    ```yaml
    {{- /*
    Licensed under the Apache License, Version 2.0 (the "License");
    you may not use this file except in compliance with the License.
    You may obtain a copy of the License at
        http://www.apache.org/licenses/LICENSE-2.0
    Unless required by applicable law or agreed to in writing, software
    distributed under the License is distributed on an "AS IS" BASIS.
    */}}
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    ```

    ## Options
    - `lines` (default 5): lines in a row that are still let pass.
    """

    id = "rendered-comment"
    severity = Severity.INFO
    profile = Profile.STRICT
    options: Options = Options()

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Count ``#`` lines in a row outside of actions and block scalars."""
        for path, template in templates(ctx):
            if not path.endswith((".yaml", ".yml")) or "#" not in template.text:
                continue
            actions = [piece for piece in template.pieces if piece.kind != "text"]
            start, count = 0, 0
            for offset, line in [*plain_lines(template.text), (len(template.text), "")]:
                is_comment = line.lstrip().startswith("#")
                if is_comment and not _is_in(actions, offset):
                    start = start if count else offset
                    count += 1
                    continue
                if count > self.options.lines:
                    yield self._found(path, template.position(start)[0], count)
                count = 0

    def _found(self, path: str, line: int, count: int) -> Fault:
        return self.fault(
            Place.in_file(Location(path, line)),
            f"a comment of {count} lines is part of every release",
            help="put it between '{{- /*' and '*/}}'",
        )


def _is_in(pieces: Sequence[Piece], offset: int) -> bool:
    """Whether an offset is in one of some pieces, which are in order."""
    index = bisect_right(pieces, offset, key=lambda piece: piece.start) - 1
    return index >= 0 and offset < pieces[index].end
