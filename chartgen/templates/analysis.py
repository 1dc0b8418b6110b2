"""Which values the templates of a chart read: all of it followed once, for every rule that asks."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from chartgen.chart.model import Chart
from chartgen.templates.abstract import EFFORT, Dict, GaveUp, Parts, Root
from chartgen.templates.charts import Data, defaults, family, overlaid, switches
from chartgen.templates.follow import Define, Follower
from chartgen.templates.parse import parse
from chartgen.templates.reads import Reads
from chartgen.templates.syntax import Template

Overlays = Mapping[str, Mapping[str, Any]]
"""The values of each scenario, by its name."""

_MOST_TEXTS = 2_000
"""Texts in values and files that are followed as ``tpl`` might render them."""


_NEVER_RENDERED = (".md", ".gotmpl", ".schema.json", "values.yaml")


class Analysis:
    """A chart's templates, parsed and followed.

    - ``templates``: the chart's own, by path, parsed
    - ``family``: the charts in it; ``values``: what they are given by default
    - ``overlays``: the values of the chart's scenarios, by name
    - ``reads``: what the templates read. ``reads.complete`` is false when something could not be parsed, or was too
      much to follow: then nothing can be said of what is not read.
    """

    def __init__(
        self, chart: Chart, data: Data, overlays: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    ) -> None:
        self.chart = chart
        self.family = family(chart, data)
        self.values: Mapping[str, Any] = defaults(self.family, data)
        self.overlays = overlays
        self.templates: dict[str, Template] = {}
        self.reads = self._follow()

    def scenarios(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The name of each of the chart's scenarios, and the values that its templates are given in it."""
        for path, values in self.overlays.items():
            yield path, overlaid(self.values, values) if values else self.values

    def _follow(self) -> Reads:
        EFFORT.begin()
        roots: dict[Parts, Root] = {one.prefix: Root(one.prefix) for one in self.family.instances}
        parsed: dict[str, Template] = {}
        defines: dict[str, list[Define]] = {}
        seen: set[tuple[str, str]] = set()
        complete = True
        for path in dict.fromkeys(path for one in self.family.instances for path in one.templates):
            template = parsed[path] = parse(self.chart.text(path) or "")
            complete = complete and template.error is None
            for node in template.defines:
                # Copies of one library chart define the same again.
                body = template.text[node.start : node.end]
                if (node.name, body) not in seen:
                    seen.add((node.name, body))
                    defines.setdefault(node.name, []).append(Define(path, template, node))
        self.templates = {path: template for path, template in parsed.items() if not path.startswith("charts/")}
        follower = Follower(self.values, defines, roots)
        follower.reads.complete = complete
        follower.lacks = bool(self.family.vague)
        try:
            for one in self.family.instances:
                for path in one.templates:
                    if not one.is_library and not path.rsplit("/", 1)[-1].startswith("_"):
                        _follow_one(follower, path, parsed[path], roots[one.prefix])
            self._follow_texts(follower)
        except (GaveUp, RecursionError):
            follower.reads.complete = False
        for parts in switches(self.family):
            follower.reads.touched.add(parts)
            follower.reads.acted_on.add(parts)
        follower.reads.unknown = frozenset(follower.unknown)
        return follower.reads

    def _follow_texts(self, follower: Follower) -> None:
        """Follow what ``tpl`` may be given: texts with actions in the values and the files of the charts."""
        if not follower.contexts:
            return
        texts = dict.fromkeys(self._texts())
        done = 0
        while len(follower.contexts) > done:
            contexts = list(follower.contexts.values())[done:]
            done += len(contexts)
            if len(texts) * len(contexts) > _MOST_TEXTS:
                raise GaveUp
            for context in contexts:
                if isinstance(context, Root | Dict):
                    for text in texts:
                        follower.text(text, context)

    def _texts(self) -> Iterator[str]:
        for values in (self.values, *self.overlays.values()):
            yield from _strings(values)
        for path, content in self.chart.files.items():
            if b"{{" in content and "/templates/" not in f"/{path}" and not path.endswith(_NEVER_RENDERED):
                yield content.decode("utf-8", "replace")


def _follow_one(follower: Follower, path: str, template: Template, root: Root) -> None:
    """Follow a template, and take down what goes through ``tpl`` in it."""
    reads = follower.reads
    before, reads.templated = reads.templated, set()
    try:
        follower.follow(path, template, root)
    finally:
        for parts in reads.templated:
            reads.templated_in.setdefault(parts, set()).add(path)
        reads.templated |= before


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if "{{" in value:
            yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
