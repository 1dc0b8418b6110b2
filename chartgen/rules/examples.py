"""Reads a rule's docstring: its first line, its sections, and the charts its examples make.

The page of a rule is its docstring, so the examples are documentation and tests at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from inspect import getdoc

from chartgen.chart.model import Chart, safe_path
from chartgen.rules.base import Rule
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError

MARK = "# here"
"""Ends each line of a Bad example at which the rule must point."""

TEMPLATE = "templates/example.yaml"
"""The file an example is when its first line names none."""

_CHART = "apiVersion: v2\nname: example\nversion: 1.0.0\nappVersion: 1.0.0\n"

_FILE_NAME = re.compile(
    r"# ((?:[\w.-]+/)*[\w-][\w.-]*\.(?:yaml|yml|tpl|txt|json|lock|md))\Z|# (\.helmignore|\.chartgen\.yaml)\Z"
)


@dataclass(frozen=True, slots=True)
class Example:
    """One chart that a rule's page shows: its files, and the lines of them at which the rule must point."""

    title: str
    is_bad: bool
    files: tuple[tuple[str, str], ...]

    @property
    def expected(self) -> frozenset[tuple[str, int]]:
        """The marked lines as (path, 1-based line); none in a Good example."""
        return frozenset(
            (path, number)
            for path, text in self.files
            for number, line in enumerate(text.splitlines(), 1)
            if line.rstrip().endswith(MARK)
        )

    def chart(self) -> Chart:
        """The example as a chart, without its marks, and with the least that makes a chart where it gives nothing."""
        files = {"Chart.yaml": _CHART, "values.yaml": "{}\n", **{path: _unmarked(text) for path, text in self.files}}
        if not any(path.startswith("templates/") for path in files):
            files[TEMPLATE] = ""
        try:
            metadata = read(files["Chart.yaml"]).data
        except YamlError:
            metadata = None
        return Chart.of(files, metadata=metadata if isinstance(metadata, dict) else {})


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's docstring in parts: the line that names the fault, the text of its sections, its examples."""

    summary: str
    sections: tuple[tuple[str, str], ...]
    examples: tuple[Example, ...]

    def section(self, title: str) -> str:
        """The text of a section, or ``""``."""
        return next((text for name, text in self.sections if name == title), "")


def page(rule: Rule | type[Rule]) -> Page:
    """Read a rule's docstring. Raises ValueError, in a sentence, for an example that cannot be read."""
    text = getdoc(rule if isinstance(rule, type) else type(rule)) or ""
    summary, _, rest = text.partition("\n")
    found = sections(rest)
    examples = tuple(read_example(title, body) for title, body in found if title.split(":")[0] in ("Bad", "Good"))
    return Page(summary.strip(), found, examples)


def _unmarked(text: str) -> str:
    return re.sub(rf" *{MARK}$", "", text, flags=re.MULTILINE)


def sections(text: str) -> tuple[tuple[str, str], ...]:
    """The sections of a docstring below its first line: (title, text), in order."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return tuple((title.strip(), body.strip()) for title, body in zip(parts[1::2], parts[2::2], strict=True))


def read_example(title: str, body: str) -> Example:
    """The example that a section shows. Raises ValueError when it has no fenced block, or one file twice."""
    return Example(title, title.split(":")[0] == "Bad", _files(title, body))


def _files(title: str, body: str) -> tuple[tuple[str, str], ...]:
    files: dict[str, str] = {}
    for block in re.findall(r"^```\w*\n(.*?)^```$", body, flags=re.MULTILINE | re.DOTALL):
        first, _, rest = block.partition("\n")
        named = _FILE_NAME.match(first.rstrip())
        path = str(safe_path(named[1] or named[2])) if named else TEMPLATE
        if path in files:
            raise ValueError(f"the example {title!r} gives {path} twice; name the second file in its first line")
        files[path] = rest if named else block
    if not files:
        raise ValueError(f"the example {title!r} has no fenced block")
    return tuple(sorted(files.items()))
