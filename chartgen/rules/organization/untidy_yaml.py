"""Chart.yaml and values files that are not written tidily."""

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What counts as tidy; the defaults are those of chart-testing's lintconf.yaml."""

    trailing_spaces: bool = True
    final_newline: bool = True
    unix_newlines: bool = True
    most_empty_lines: int = 2
    comment_space: bool = True
    longest_line: int = 0


class UntidyYaml(ChartRule):
    """Chart.yaml or a values file has blanks at line ends, no newline at its end, or other marks of haste.

    ## Why
    It makes diffs noisy. Nothing of it changes what is installed, and an editor or a formatter puts it right, so this
    is only looked at when it is asked for.

    ## Options
    - `trailing-spaces` (default `true`): whether blanks at the end of a line are a finding.
    - `final-newline` (default `true`): whether the file must end with a newline.
    - `unix-newlines` (default `true`): whether lines that end as on Windows are a finding.
    - `most-empty-lines` (default 2): empty lines that may follow each other.
    - `comment-space` (default `true`): whether a blank must follow the `#` of a comment.
    - `longest-line` (default 0): characters a line may have; 0 for any number.

    ## Bad
    ```yaml
    # values.yaml
    #How many pods run # here
    replicaCount: 2
    ```

    ## Good
    ```yaml
    # values.yaml
    # How many pods run
    replicaCount: 2
    ```
    """

    id = "untidy-yaml"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at Chart.yaml and the values files of the chart, line by line."""
        for path in ctx.chart.files:
            folder, _, name = path.rpartition("/")
            if path != "Chart.yaml" and not (
                folder in ("", "ci") and "values" in name and name.endswith((".yaml", ".yml"))
            ):
                continue
            for line, column, message in self._file(ctx.chart.files[path].decode("utf-8", "replace")):
                yield self.fault(
                    Place.in_file(Location(path, line, column)), message, help="let an editor put it right"
                )

    def _file(self, text: str) -> Iterator[tuple[int, int, str]]:
        options = self.options
        lines = text.split("\n")
        if options.unix_newlines and "\r\n" in text:
            yield text[: text.index("\r\n")].count("\n") + 1, 1, "lines end in \\r\\n"
        if options.final_newline and text and not text.endswith("\n"):
            yield len(lines), len(lines[-1]) + 1, "the file does not end with a newline"
        empty = 0
        for number, line in enumerate(lines[:-1] if text.endswith("\n") else lines, 1):
            bare = line.rstrip("\r")
            if options.trailing_spaces and bare != bare.rstrip():
                yield number, len(bare.rstrip()) + 1, "blanks at the end of the line"
            empty = 0 if bare.strip() else empty + 1
            if empty == options.most_empty_lines + 1:
                yield number, 1, f"more than {options.most_empty_lines} empty lines"
            if options.longest_line and len(bare) > options.longest_line:
                yield number, options.longest_line + 1, f"the line has {len(bare)} characters"
            if options.comment_space and (column := _crowded_comment(bare)):
                yield number, column, "no blank behind '#'"


def _holds_values(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return folder in ("", "ci") and "values" in name and name.endswith((".yaml", ".yml"))


def _crowded_comment(line: str) -> int:
    """The column of a comment whose text follows its ``#`` at once, or 0. Comments behind values are not looked at.

    ``#!`` in front of a program, ``#@`` of documentation tools, and rows of ``#`` are meant as they are.
    """
    stripped = line.lstrip()
    text = stripped.lstrip("#")
    is_crowded = stripped.startswith("#") and text != "" and text[0] not in " \t!@|"
    return len(line) - len(stripped) + 1 if is_crowded else 0
